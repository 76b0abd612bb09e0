// @ts-check
/** `@name` in a text. Names may hold blanks, so a text is searched for the names that are known. */

/** How many `@` of one text are looked at; who types more of them calls nobody. */
const MOST = 100;

const WORD = /^[\p{L}\p{N}\p{M}_]/u;

/** Names by their letters, one node for each beginning that they share. @typedef {{next: Map<string, Node>, name: string | null}} Node */

/** One letter without its case; never more than one, so that places stay what they are. @param {string} letter */
function folded(letter) {
    const lower = letter.toUpperCase().toLowerCase();
    return lower.length === letter.length ? lower : letter;
}

/** Whether both are the same but for their case. @param {string} a @param {string} b */
export function sameName(a, b) {
    return [...a].map(folded).join('') === [...b].map(folded).join('');
}

/** @param {string} text @param {number} at */
function letterBefore(text, at) {
    const pair = text.codePointAt(at - 2) ?? 0;
    return pair > 0xffff ? String.fromCodePoint(pair) : text.slice(Math.max(0, at - 1), at);
}

/** Names that are looked for in texts. What it costs grows with the text, not with the names. */
export class Names {
    /** @type {Node} */
    #root = {next: new Map(), name: null};

    /** @param {readonly string[]} names */
    constructor(names) {
        for (const name of names) {
            let node = this.#root;
            for (const letter of name) {
                const key = folded(letter);
                const next = node.next.get(key) ?? {next: new Map(), name: null};
                node.next.set(key, next);
                node = next;
            }
            node.name ??= name;
        }
    }

    /**
     * Where names are mentioned, from left to right, without overlap; the longest name wins.
     *
     * @param {string} text
     * @returns {{start: number, end: number, name: string}[]}
     */
    find(text) {
        const found = [];
        let looked = 0;
        for (let at = text.indexOf('@'); at >= 0 && looked < MOST; at = text.indexOf('@', at + 1)) {
            looked++;
            const mention = WORD.test(letterBefore(text, at)) ? null : this.#at(text, at + 1);
            if (mention) {
                found.push({start: at, ...mention});
                at = mention.end - 1;
            }
        }
        return found;
    }

    /** The longest name that begins there. @param {string} text @param {number} start */
    #at(text, start) {
        /** @type {{end: number, name: string} | null} */
        let longest = null;
        let node = this.#root.next.size > 0 ? this.#root : undefined;
        for (let at = start; node && at < text.length;) {
            const letter = String.fromCodePoint(/** @type {number} */ (text.codePointAt(at)));
            node = node.next.get(folded(letter));
            at += letter.length;
            if (node && node.name !== null && !WORD.test(text.slice(at, at + 2))) {
                longest = {end: at, name: node.name};
            }
        }
        return longest;
    }
}

/** Whether the text mentions that name. @param {string} text @param {string} name */
export function mentions(text, name) {
    return text.includes('@') && new Names([name]).find(text).length > 0;
}

/** @type {{key: string, names: Names} | null} */
let last = null;

/** The same object as before where the names are the same. @param {readonly string[]} names */
export function namesOf(names) {
    const key = names.join('\n');
    if (last?.key !== key) {
        last = {key, names: new Names(names)};
    }
    return last.names;
}

/** @type {WeakMap<object, {names: Names, mentioned: string}>} */
const known = new WeakMap();

/** Who of them a message mentions, as one string to compare. @param {{text: string}} message stays as it is @param {Names} names */
export function mentionedIn(message, names) {
    const before = known.get(message);
    if (before?.names === names) {
        return before.mentioned;
    }
    const mentioned = message.text.includes('@') ? names.find(message.text).map(one => one.name).join('\n') : '';
    known.set(message, {names, mentioned});
    return mentioned;
}
