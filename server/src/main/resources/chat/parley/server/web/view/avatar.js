// @ts-check
/** A person's mark: the first letters of the name, in a colour that stays with the id. */
import {html} from '../lit-html/lit-html.js';

/** As many as style/tokens.css has, each in two shades. */
const HUES = 16;

/** The classes of a person's colour, by FNV-1a of the id. @param {{id: string}} user */
export function hue({id}) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < id.length; at++) {
        hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
    }
    hash = (hash ^ (hash >>> 15)) >>> 0;
    return `hue-${hash % HUES}${hash & HUES ? ' deep' : ''}`;
}

/** Missing in browsers of before 2024. */
const graphemes = 'Segmenter' in Intl ? new Intl.Segmenter() : null;
/** Letters that were found, by name. @type {Map<string, string>} */
const known = new Map();
/** Names whose letters are remembered. */
const MOST_KNOWN = 1_000;
/** A flag or a family is one sign of many units; a letter with more than these is one that carries a tower of marks. */
const MOST_UNITS = 12;

/** The first signs of a text, as people see them. @param {string} text @param {number} n */
function signs(text, n) {
    if (!graphemes) {
        return [...text].slice(0, n).join('');
    }
    const found = [];
    for (const {segment} of graphemes.segment(text)) {
        if (found.length === n) {
            break;
        }
        found.push(segment.length > MOST_UNITS ? String.fromCodePoint(/** @type {number} */ (segment.codePointAt(0))) : segment);
    }
    return found.join('');
}

/** One sign each of the first two words, or two of one. @param {string} name */
function letters(name) {
    const words = name.split(/[\s_.-]+/).filter(word => word.length > 0);
    return (words.length > 1 ? signs(words[0], 1) + signs(words[1], 1) : signs(name, 2)).toUpperCase();
}

/** @param {{id: string, name: string}} user */
export function avatar(user) {
    let shown = known.get(user.name);
    if (shown === undefined) {
        if (known.size >= MOST_KNOWN) {
            known.clear();
        }
        shown = letters(user.name);
        known.set(user.name, shown);
    }
    return html`<span class="avatar ${hue(user)}" aria-hidden="true">${shown}</span>`;
}
