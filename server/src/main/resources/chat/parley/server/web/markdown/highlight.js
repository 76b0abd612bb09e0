// @ts-check
/**
 * Colours code with Prism, which is loaded when the first block of a language that it knows comes. Its tokens are made into elements
 * here, without markup.
 */

/** The languages, and which must be there before each. */
const LANGUAGES = /** @type {Record<string, string[]>} */ ({
    markup: [], css: [], clike: [], json: [], yaml: [], sql: [], bash: [], python: [], rust: [], diff: [],
    javascript: ['clike'], java: ['clike'], c: ['clike'], go: ['clike'], cpp: ['clike', 'c'], typescript: ['clike', 'javascript'],
});
const ALIASES = /** @type {Record<string, string>} */ ({
    js: 'javascript', ts: 'typescript', py: 'python', rs: 'rust', sh: 'bash', shell: 'bash', console: 'bash', html: 'markup',
    xml: 'markup', svg: 'markup', yml: 'yaml', patch: 'diff', 'c++': 'cpp', golang: 'go',
});

const base = new URL('../prism/', import.meta.url).href;
/** Only the client's own scripts may be added to the page. */
const policy = window.trustedTypes?.createPolicy('parley', {
    createScriptURL: (/** @type {string} */ url) => {
        if (url.startsWith(base) || url === '/service-worker.js') {
            return url;
        }
        throw new TypeError('not a script of this client');
    },
});

/** @param {string} url */
export function ownScript(url) {
    return policy ? policy.createScriptURL(url) : url;
}

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** @param {string} name */
function load(name) {
    let promise = loaded.get(name);
    if (!promise) {
        promise = new Promise((resolve, reject) => {
            const script = document.createElement('script');
            script.src = ownScript(`${base}${name}.js`);
            script.onload = () => resolve();
            script.onerror = reject;
            document.head.append(script);
        });
        loaded.set(name, promise);
    }
    return promise;
}

/** @param {HTMLPreElement} block */
export async function highlight(block) {
    const code = block.querySelector('code');
    const [, wanted = ''] = /(?:^|\s)language-([\w+-]{1,20})/.exec(code?.className ?? '') ?? [];
    const name = ALIASES[wanted.toLowerCase()] ?? wanted.toLowerCase();
    if (!code || !Object.hasOwn(LANGUAGES, name)) {
        return;
    }
    window.Prism ??= /** @type {Prism} */ ({manual: true});
    try {
        await load('core');
        for (const needed of [...LANGUAGES[name], name]) {
            await load(needed);
        }
    } catch {
        return;
    }
    const {Prism} = window;
    code.replaceChildren(...Prism.tokenize(code.textContent, Prism.languages[name]).map(element));
}

/** @param {PrismToken} token @returns {Node} */
function element(token) {
    if (typeof token === 'string') {
        return document.createTextNode(token);
    }
    const span = document.createElement('span');
    span.className = `token ${token.type}`;
    span.append(...[token.content].flat().map(element));
    return span;
}
