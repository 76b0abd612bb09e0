// @ts-check
/**
 * Colours code with Prism. What Prism takes for a text is not bounded, so it works in a worker, for one block at a time, and one
 * that takes too long is left as it is. Its tokens are made into elements here, without markup.
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

/** How long a block may take, in milliseconds; the first one has its language loaded meanwhile. */
const PATIENCE = 1_000;
const LOADING = 10_000;
/** Coloured pieces of a block, at most, and how deep they may lie in each other. */
const MOST_PIECES = 1_000;
const DEEPEST = 20;

const base = new URL('../', import.meta.url).href;
/** Only the client's own scripts may be run. */
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

/** The language that a block's fence names, as Prism calls it. @param {string} wanted @returns {string | null} null where it is not known */
export function languageOf(wanted) {
    const lower = wanted.toLowerCase();
    const name = Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower;
    return Object.hasOwn(LANGUAGES, name) ? name : null;
}

/** Blocks that wait for their turn, the newest of them. @type {{code: HTMLElement, language: string}[]} */
const waiting = [];
const MOST_WAITING = 300;
let working = false;

/** @type {Worker | null} */
let worker = null;
/** The languages that the worker has. @type {Set<string>} */
const loaded = new Set();

/** Colours the block once it is on the page. @param {HTMLElement} code @param {string} language as {@link languageOf} tells it */
export function highlight(code, language) {
    waiting.push({code, language});
    if (waiting.length > MOST_WAITING) {
        waiting.shift();
    }
    if (!working) {
        working = true;
        setTimeout(work);
    }
}

async function work() {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
        if (next.code.isConnected) {
            const tokens = await tokenized(next.code.textContent, next.language);
            if (tokens && piecesOf(tokens, 0) <= MOST_PIECES) {
                next.code.replaceChildren(...tokens.map(element));
            }
        }
    }
    working = false;
}

/** @param {string} text @param {string} language @returns {Promise<PrismToken[] | null>} null where it can't be told */
function tokenized(text, language) {
    worker ??= new Worker(ownScript(`${base}markdown/highlight-worker.js`));
    const asked = worker;
    const scripts = ['core', ...LANGUAGES[language], language];
    return new Promise(resolve => {
        // One that failed is ended, and the next block begins with a new one: what could not be loaded may be there by then.
        const timer = setTimeout(failed, loaded.has(language) ? PATIENCE : LOADING);
        function failed() {
            clearTimeout(timer);
            asked.terminate();
            worker = null;
            loaded.clear();
            resolve(null);
        }
        asked.onerror = event => {
            event.preventDefault();
            failed();
        };
        asked.onmessage = ({data}) => {
            if (data === 'loaded') {
                loaded.add(language);
                return;
            }
            clearTimeout(timer);
            resolve(data);
        };
        asked.postMessage({text, language, scripts});
    });
}

/** @param {PrismToken[]} tokens @param {number} depth @returns {number} */
function piecesOf(tokens, depth) {
    if (depth > DEEPEST || tokens.length > MOST_PIECES) {
        return Infinity;
    }
    return tokens.reduce((sum, token) => sum + 1 + (typeof token === 'string' ? 0 : piecesOf([token.content].flat(), depth + 1)), 0);
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
