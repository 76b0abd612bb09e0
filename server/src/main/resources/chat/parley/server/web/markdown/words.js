// @ts-check
/** Plain text with what stands out in it: emoji, mentions, addresses of mail. */
import {sameName} from '../text/mentions.js';
import {mailIn} from './address.js';
import {replaceShortcodes} from './emoji.js';
import {linkTo} from './links.js';

/** @typedef {import('../text/mentions.js').Names} Names */

/**
 * @param {string} typed
 * @param {Names} names of people that can be mentioned
 * @param {string | null} own the reader's name
 * @param {boolean} inLink where no other link can be
 * @returns {Node[]}
 */
export function words(typed, names, own, inLink) {
    const text = replaceShortcodes(typed);
    /** @type {Node[]} */
    const nodes = [];
    let done = 0;
    for (const {start, end, name} of places(text, names, inLink)) {
        const found = text.slice(start, end);
        nodes.push(document.createTextNode(text.slice(done, start)),
            name === null ? mailLink(found) : mention(found, own !== null && sameName(name, own)));
        done = end;
    }
    return [...nodes, document.createTextNode(text.slice(done))];
}

/**
 * @param {string} text @param {Names} names @param {boolean} inLink
 * @returns {{start: number, end: number, name: string | null}[]} from left to right, without overlap; `name` is who is mentioned, null
 *   for mail
 */
function places(text, names, inLink) {
    if (!text.includes('@')) {
        return [];
    }
    const mail = inLink ? [] : mailIn(text).map(place => ({...place, name: null}));
    let done = 0;
    return [...mail, ...names.find(text)].sort((a, b) => a.start - b.start).filter(({start, end}) => {
        const free = start >= done;
        done = free ? end : done;
        return free;
    });
}

/** @param {string} address */
function mailLink(address) {
    const link = linkTo(`mailto:${address}`);
    link.textContent = address;
    return link;
}

/** @param {string} text @param {boolean} isOwn */
function mention(text, isOwn) {
    const element = document.createElement('span');
    element.className = isOwn ? 'mention own' : 'mention';
    element.textContent = text;
    return element;
}
