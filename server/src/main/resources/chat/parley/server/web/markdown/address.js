// @ts-check
/** Addresses that stand in a text as they are: `https://…`, `www.…`, and of mail. Each character is looked at once. */

/** What the parser may take in one piece: no sign that means something, and no beginning of an address. */
const TEXT = /(?:(?!https?:\/\/|www\.)[^\n!#$%&*+\-:<=>@[\]\\^_`{}~])+/iy;
/** What may stand in an address. Brackets, quotes and the marks of Chinese and Japanese end it. */
const ADDRESS = /(?:https?:\/\/|www\.)[^\s\p{Cc}<>[\]`"\\“”„»\u3000-\u303f\uff00-\uff65]+/iuy;
/** What ends a sentence or a mark around the address rather than the address. */
const AFTER = /[.,;:!?'*_~(}|…]/;
const WORD = /[\p{L}\p{N}_]/u;

const MAIL = /(?<![\p{L}\p{N}.+_-])[a-z0-9][a-z0-9.+_-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\p{L}\p{N}@-])/giu;

/** @param {InlineState} state @param {boolean} silent */
export function readText(state, silent) {
    TEXT.lastIndex = state.pos;
    const text = TEXT.exec(state.src)?.[0].slice(0, state.posMax - state.pos);
    if (!text) {
        return false;
    }
    if (!silent) {
        state.pending += text;
    }
    state.pos += text.length;
    return true;
}

/** @param {InlineState} state @param {boolean} silent */
export function readAddress(state, silent) {
    const {pos, src} = state;
    if (!/[hw]/i.test(src[pos]) || state.linkLevel > 0 || (pos > 0 && WORD.test(src[pos - 1]))) {
        return false;
    }
    ADDRESS.lastIndex = pos;
    const address = trimmed(ADDRESS.exec(src)?.[0].slice(0, state.posMax - pos) ?? '');
    const href = /^www\./i.test(address) ? `http://${address}` : address;
    // The parser counts what it is asked to validate.
    if (!state.md.validateLink(href) || !leadsSomewhere(href)) {
        return false;
    }
    if (!silent) {
        const open = state.push('link_open', 'a', 1);
        open.attrs = [['href', href]];
        state.push('text', '', 0).content = address;
        state.push('link_close', 'a', -1);
    }
    state.pos += address.length;
    return true;
}

/** Without what belongs to the sentence around it: dots, and brackets that were not opened in it. @param {string} address */
function trimmed(address) {
    let open = address.split('(').length - address.split(')').length;
    let end = address.length;
    for (; end > 0; end--) {
        const last = address[end - 1];
        if (last === ')' && open < 0) {
            open++;
        } else if (!AFTER.test(last)) {
            break;
        }
    }
    return address.slice(0, end);
}

/** @param {string} href */
function leadsSomewhere(href) {
    return URL.canParse(href) && (!/^http:\/\/www\./i.test(href) || /^www\.[^.]+\.[^.]/.test(new URL(href).hostname));
}

/** The addresses of mail in a text, from left to right. @param {string} text @returns {{start: number, end: number}[]} */
export function mailIn(text) {
    return [...text.matchAll(MAIL)].map(found => ({start: found.index, end: found.index + found[0].length}));
}
