// @ts-check
/** What completes the word at the caret: `@na` a person, `:ta` an emoji. */
import {search} from '../markdown/emoji.js';

/** @typedef {{label: string, hint: string, insert: string}} Suggestion @typedef {{start: number, end: number, list: Suggestion[]}} Completion */

const MOST = 6;

/** @param {string} text @param {number} caret @param {readonly string[]} names @returns {Completion | null} */
export function complete(text, caret, names) {
    const before = text.slice(0, caret);
    const person = /(?:^|[^\p{L}\p{N}_])@([^@\s]{0,31})$/u.exec(before);
    if (person) {
        const part = person[1].toLowerCase();
        const list = names.filter(name => name.toLowerCase().startsWith(part)).slice(0, MOST)
            .map(name => ({label: name, hint: '', insert: `@${name} `}));
        // A name that is typed to its end needs no completion, and Enter should send.
        const whole = list.length === 1 && list[0].label.toLowerCase() === part;
        return whole ? null : offered(list, caret - person[1].length - 1, caret);
    }
    const emoji = /(?:^|\s):([a-z0-9_+-]{2,32})$/.exec(before);
    if (emoji) {
        const list = search(emoji[1], MOST).map(one => ({label: one.emoji, hint: `:${one.shortcode}:`, insert: `${one.emoji} `}));
        return offered(list, caret - emoji[1].length - 1, caret);
    }
    return null;
}

/** @param {Suggestion[]} list @param {number} start @param {number} end */
function offered(list, start, end) {
    return list.length > 0 ? {start, end, list} : null;
}
