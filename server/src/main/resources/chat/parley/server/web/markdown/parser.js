// @ts-check
/**
 * Markdown by markdown-it, without what hides or costs: no HTML, no entities, no reference definitions, no pictures. Reading a text
 * is work that is counted: one that nests too deep or takes too many steps is not read at all.
 */
import '../markdown-it/markdown-it.js';
import {readAddress, readText} from './address.js';

/** Quotes and lists in each other, at most; a list takes two. */
const DEEPEST = 20;
/** Steps for one text, at most. A text of 4,000 characters that people write takes a few hundred. */
const MOST_STEPS = 8_000;
/** What an address costs, in steps, and how many of its letters cost one more; then a line of a block, and a token. */
const LINK_STEPS = 40;
const LETTERS_OF_A_STEP = 8;
const LINE_STEPS = 4;
const TOKEN_STEPS = 6;

/** A text that is shown as it was typed, because as Markdown it would cost too much or hide something. */
export class AsTyped extends Error {}

const {markdownit} = /** @type {{markdownit: MarkdownItFactory}} */ (/** @type {unknown} */ (globalThis));
const parser = markdownit({html: false, breaks: true, maxNesting: DEEPEST});
parser.disable(['reference', 'html_block', 'html_inline', 'entity', 'image', 'linkify']);
parser.inline.ruler.at('text', readText);
parser.inline.ruler.before('newline', 'address', readAddress);
/** The browser makes of an address what it needs. @param {string} address */
const same = address => address;
parser.normalizeLink = same;
parser.normalizeLinkText = same;

let steps = 0;

/** @param {number} more */
function spend(more) {
    steps += more;
    if (steps > MOST_STEPS) {
        throw new AsTyped('too many steps');
    }
}

/** @param {string} address */
parser.validateLink = address => {
    spend(LINK_STEPS + address.length / LETTERS_OF_A_STEP);
    return /^(?:https?:\/\/|mailto:)/i.test(address);
};

const skipToken = parser.inline.skipToken.bind(parser.inline);
/** @param {InlineState} state */
parser.inline.skipToken = state => {
    spend(1);
    skipToken(state);
};

const tokenize = parser.block.tokenize.bind(parser.block);
/** @param {{level: number}} state @param {number} start @param {number} end */
parser.block.tokenize = (state, start, end) => {
    // Past this the parser would leave the rest out.
    if (state.level >= DEEPEST) {
        throw new AsTyped('too deep');
    }
    spend(LINE_STEPS * (end - start));
    tokenize(state, start, end);
};

for (const {prototype} of [parser.inline.State, parser.block.State]) {
    const {push} = prototype;
    /** @this {TokenState} @param {string} type @param {string} tag @param {number} nesting */
    prototype.push = function (type, tag, nesting) {
        spend(TOKEN_STEPS);
        return push.call(this, type, tag, nesting);
    };
}

/** @param {string} text @returns {MarkdownToken[]} @throws {AsTyped} */
export function parse(text) {
    steps = 0;
    return parser.parse(text, {});
}
