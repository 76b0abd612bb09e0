// @ts-check
/** What the parser read as elements. Only those that are named here come to be; markup is never made. */
import {highlight, languageOf} from './highlight.js';
import {linkTo, trueTarget} from './links.js';
import {AsTyped} from './parser.js';
import {words} from './words.js';

/** Elements of one text, at most, and how deep one may lie in others. */
const MOST_ELEMENTS = 400;
const DEEPEST = 40;

const TAGS = /** @type {Record<string, string>} */ ({
    p: 'p', strong: 'strong', em: 'em', s: 'del', ul: 'ul', ol: 'ol', li: 'li', blockquote: 'blockquote',
    table: 'table', thead: 'thead', tbody: 'tbody', tr: 'tr', th: 'th', td: 'td',
    // A conversation has one outline, and it is not the text's.
    h1: 'p', h2: 'p', h3: 'p', h4: 'p', h5: 'p', h6: 'p',
});
const OF_THEIR_OWN_DIRECTION = new Set(['p', 'li', 'th', 'td', 'blockquote']);

/** @typedef {import('../text/mentions.js').Names} Names */

/**
 * @param {MarkdownToken[]} tokens
 * @param {string[]} lines of the text that they were read from
 * @param {Names} names of people that can be mentioned
 * @param {string | null} own the reader's name
 * @returns {DocumentFragment}
 * @throws {AsTyped} where they are too many, or would not show all that was typed
 */
export function elements(tokens, lines, names, own) {
    checkNumber(tokens);
    const drawing = new Drawing(names, own);
    tokens.forEach((token, index) => {
        if (token.type === 'tr_open') {
            checkRow(tokens, index, lines);
        }
        if (tokens[index - 2]?.type === 'list_item_open') {
            tick(token);
        }
        (token.type === 'inline' ? token.children ?? [] : [token]).forEach(one => drawing.add(one));
    });
    return drawing.fragment;
}

/** Elements as they come to be, one in the other. */
class Drawing {
    fragment = document.createDocumentFragment();
    /** Those that are open, the outermost first. @type {Node[]} */
    #path = [this.fragment];
    #made = 0;

    /** @param {Names} names @param {string | null} own */
    constructor(names, own) {
        this.names = names;
        this.own = own;
    }

    /** @param {MarkdownToken} token */
    add(token) {
        if (token.hidden) {
            return;
        }
        if (token.nesting > 0) {
            this.#begin(token);
        } else if (token.nesting < 0) {
            this.#end(token);
        } else {
            this.#leaf(token).forEach(node => this.#put(node));
        }
    }

    /** @param {MarkdownToken} token */
    #begin(token) {
        if (token.tag === 'a') {
            this.#open(linkTo(token.attrGet('href') || unknown(token)));
            return;
        }
        const element = document.createElement(TAGS[token.tag] ?? unknown(token));
        if (OF_THEIR_OWN_DIRECTION.has(element.tagName.toLowerCase())) {
            element.dir = 'auto';
        }
        this.#open(element);
        if (token.type === 'heading_open') {
            this.#open(document.createElement('strong'));
        } else if (token.type === 'list_item_open' && token.info !== '') {
            /** @type {HTMLLIElement} */ (element).value = numbered(token.info);
        }
    }

    /** @param {MarkdownToken} token */
    #end(token) {
        const [closed] = this.#path.splice(token.type === 'heading_close' ? -2 : -1);
        if (closed instanceof HTMLAnchorElement) {
            sayWhereTo(closed);
        }
    }

    /** @param {MarkdownToken} token @returns {Node[]} */
    #leaf(token) {
        switch (token.type) {
            case 'text':
                return words(token.content, this.names, this.own, this.#path.some(node => node instanceof HTMLAnchorElement));
            case 'softbreak':
            case 'hardbreak':
                return [document.createElement('br')];
            case 'hr':
                return [document.createElement('hr')];
            case 'code_inline':
                return [code(token.content)];
            case 'code_block':
            case 'fence':
                return [block(token)];
            default:
                return unknown(token);
        }
    }

    /** @param {Node} node */
    #open(node) {
        this.#put(node);
        this.#path.push(node);
        if (this.#path.length > DEEPEST) {
            throw new AsTyped('too deep');
        }
    }

    /** @param {Node} node */
    #put(node) {
        this.#made += node instanceof Element ? 1 : 0;
        if (this.#made > MOST_ELEMENTS) {
            throw new AsTyped('too many elements');
        }
        this.#path[this.#path.length - 1].appendChild(node);
    }
}

/** Before anything is made. @param {MarkdownToken[]} tokens */
function checkNumber(tokens) {
    const one = (/** @type {MarkdownToken} */ token) => (token.nesting >= 0 && token.type !== 'text' && token.type !== 'inline' ? 1 : 0);
    const all = tokens.reduce((sum, token) => (token.children ?? []).reduce((inner, child) => inner + one(child), sum + one(token)), 0);
    if (all > MOST_ELEMENTS) {
        throw new AsTyped('too many elements');
    }
}

/** The parser leaves out what stands in a row after the last column. @param {MarkdownToken[]} tokens @param {number} index @param {string[]} lines */
function checkRow(tokens, index, lines) {
    const only = (/** @type {string} */ text) => text.replace(/[|\\\s]/g, '');
    let shown = '';
    for (let i = index + 1; tokens[i].type !== 'tr_close'; i++) {
        shown += tokens[i].content;
    }
    if (!only(lines[tokens[index].map?.[0] ?? 0]).endsWith(only(shown))) {
        throw new AsTyped('a row longer than its table');
    }
}

/** `[x]` at the beginning of a list's item. @param {MarkdownToken} token */
function tick({children}) {
    const first = children?.[0];
    if (first?.type === 'text') {
        first.content = first.content.replace(/^\[([ x])\] /i, (_, mark) => (mark === ' ' ? '☐ ' : '☑ '));
    }
}

/** @param {MarkdownToken} token @returns {never} */
function unknown(token) {
    throw new AsTyped(token.type);
}

/** @param {string} number as it was typed */
function numbered(number) {
    if (String(Number(number)) !== number) {
        throw new AsTyped('a number that a list would show otherwise');
    }
    return Number(number);
}

/** @param {HTMLAnchorElement} link with its text, on its place */
function sayWhereTo(link) {
    if (link.textContent.trim() === '') {
        link.append(link.href);
    }
    const target = trueTarget(link);
    if (target !== null) {
        const beside = document.createElement('bdi');
        beside.className = 'leads-to';
        beside.textContent = `(${target})`;
        link.after(' ', beside);
    }
}

/** @param {string} text */
function code(text) {
    const element = document.createElement('code');
    element.textContent = text;
    return element;
}

/** A block of code, with what was typed behind its fence where that is not just a language. @param {MarkdownToken} token */
function block({content, info}) {
    const pre = document.createElement('pre');
    const said = info.trim();
    const inner = code(content);
    pre.tabIndex = 0;
    const language = languageOf(said);
    if (language !== null) {
        highlight(inner, language);
    } else if (said !== '') {
        const caption = document.createElement('span');
        caption.className = 'caption';
        caption.textContent = said;
        pre.append(caption);
    }
    pre.append(inner);
    return pre;
}
