/**
 * Runs the TypeScript compiler, which the page has loaded as `ts`, over files that exist only here.
 *
 * @param {{world: 'dom' | 'webworker', files: Record<string, string>, roots: string[]}} given where the code runs, each file's
 *   text by its path, and which of them to check; the compiler's own library lies in `/lib/`
 * @returns {string[]} what is wrong, as `path(line,column): message`
 */
({world, files, roots}) => {
    const options = {
        allowJs: true, checkJs: true, noEmit: true, skipLibCheck: true, types: [], strict: true, noUnusedLocals: true,
        noUnusedParameters: true, noImplicitReturns: true, noFallthroughCasesInSwitch: true, noImplicitOverride: true,
        target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
        lib: ['lib.esnext.d.ts', `lib.${world}.d.ts`, `lib.${world}.iterable.d.ts`],
    };
    const program = ts.createProgram(roots, options, {
        fileExists: path => Object.hasOwn(files, path),
        readFile: path => files[path],
        getSourceFile: (path, target) => Object.hasOwn(files, path) ? ts.createSourceFile(path, files[path], target) : undefined,
        getDefaultLibFileName: () => '/lib/lib.d.ts',
        getDefaultLibLocation: () => '/lib',
        getCurrentDirectory: () => '/',
        getCanonicalFileName: path => path,
        useCaseSensitiveFileNames: () => true,
        getNewLine: () => '\n',
        writeFile: () => {},
    });
    return ts.getPreEmitDiagnostics(program).map(({file, start, messageText}) => {
        const message = ts.flattenDiagnosticMessageText(messageText, ' ');
        if (!file) {
            return message;
        }
        const {line, character} = file.getLineAndCharacterOfPosition(start);
        return `${file.fileName}(${line + 1},${character + 1}): ${message}`;
    });
}
