// @ts-check
/** `@name` in a text. Names may hold blanks, so a text is searched for the names that are known. */

const WORD = /[\p{L}\p{N}_]/u;

/** Whether the text mentions that name. @param {string} text @param {string} name */
export function mentions(text, name) {
    return find(text, [name]).length > 0;
}

/**
 * Where names are mentioned, from left to right, without overlap; the longest name wins.
 *
 * @param {string} text @param {readonly string[]} names
 * @returns {{start: number, end: number, name: string}[]}
 */
export function find(text, names) {
    const found = [];
    const lower = text.toLowerCase();
    const byLength = [...new Set(names)].sort((a, b) => b.length - a.length);
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
        if (at > 0 && WORD.test(text[at - 1])) {
            continue;
        }
        const name = byLength.find(one =>
            lower.startsWith(one.toLowerCase(), at + 1) && !WORD.test(text[at + 1 + one.length] ?? ' '));
        if (name) {
            found.push({start: at, end: at + 1 + name.length, name});
            at += name.length;
        }
    }
    return found;
}
