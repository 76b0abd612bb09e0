// @ts-check
/**
 * A message's text as elements. Whatever is wrong with a text, it is shown: as it was typed, where it can't be shown as Markdown.
 */
import {elements} from './elements.js';
import {replaceShortcodes} from './emoji.js';
import {AsTyped, parse} from './parser.js';

/**
 * @param {string} text as it was typed
 * @param {import('../text/mentions.js').Names} names of people that can be mentioned
 * @param {string | null} own the reader's name
 * @returns {DocumentFragment}
 */
export function render(text, names, own) {
    try {
        const fragment = elements(parse(text), text.split(/\r\n?|\n/), names, own);
        if (fragment.textContent.trim() === '' && !fragment.querySelector('hr')) {
            return asTyped(text);
        }
        return fragment;
    } catch (e) {
        if (!(e instanceof AsTyped)) {
            console.warn('A text is shown as it was typed:', e);
        }
        return asTyped(text);
    }
}

/** @param {string} text */
function asTyped(text) {
    const fragment = document.createDocumentFragment();
    const paragraph = document.createElement('p');
    paragraph.className = 'as-typed';
    paragraph.dir = 'auto';
    paragraph.tabIndex = 0;
    paragraph.textContent = text;
    fragment.append(paragraph);
    return fragment;
}

/** The text as one plain line, for quotes and notifications. @param {string} text */
export function plain(text) {
    return replaceShortcodes(text.replace(/^```[^\n`]*$/gm, '')).replace(/[`*_~>#]+/g, '').replace(/\s+/g, ' ').trim();
}
