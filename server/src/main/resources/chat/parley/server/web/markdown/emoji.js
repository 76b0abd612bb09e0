// @ts-check
/** Emoji by name: `:tada:` in a text, completion, and the picker's search. */
import {GROUPS} from './emoji-list.js';

/** @typedef {{shortcode: string, emoji: string}} Emoji */

/** @type {[string, Emoji[]][]} */
export const groups = Object.entries(GROUPS).map(([group, list]) => [group, list.split(' ').map(entry => {
    const at = entry.indexOf(':');
    return {shortcode: entry.slice(0, at), emoji: entry.slice(at + 1)};
})]);

const all = groups.flatMap(([, list]) => list);
const byShortcode = new Map(all.map(one => [one.shortcode, one.emoji]));

/** Code stays as it was typed. @param {string} text as Markdown */
export function replaceShortcodes(text) {
    return text.replace(/```[^]*?(?:```|$)|`[^`\n]+`|:([a-z0-9_+-]{1,32}):/g,
        (whole, shortcode) => (shortcode === undefined ? whole : byShortcode.get(shortcode) ?? whole));
}

/** Emoji whose name has that in it; those that begin with it first. @param {string} part @param {number} most @returns {Emoji[]} */
export function search(part, most) {
    const wanted = part.toLowerCase();
    const begins = all.filter(one => one.shortcode.startsWith(wanted));
    const holds = all.filter(one => one.shortcode.includes(wanted) && !one.shortcode.startsWith(wanted));
    return [...begins, ...holds].slice(0, most);
}
