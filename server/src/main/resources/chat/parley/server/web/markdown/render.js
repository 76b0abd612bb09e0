// @ts-check
/**
 * A message's text as elements. Markdown by marked; what it makes goes through DOMPurify with a short list of what is allowed, so
 * that neither a hole in one nor a trick of the other's alone lets a script in. Raw HTML is shown as it was typed.
 */
import {Marked} from '../marked/marked.js';
import '../dompurify/purify.js';
import {find} from '../text/mentions.js';
import {replaceShortcodes} from './emoji.js';
import {highlight} from './highlight.js';

const {DOMPurify} = /** @type {{DOMPurify: typeof import('../dompurify/purify.js').default}} */ (/** @type {unknown} */ (globalThis));

const ALLOWED = {
    ALLOWED_TAGS: ['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'a', 'hr',
        'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ALLOWED_ATTR: ['href', 'title', 'start', 'class'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
};

/** @type {import('../marked/marked.js').RendererObject} */
const renderer = {
    // A conversation has one outline, and it is not the text's.
    heading({tokens}) {
        return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`;
    },
    html({text}) {
        return escaped(text);
    },
    // Showing a picture would tell its site who reads this.
    image({href, text}) {
        return `<a href="${escaped(href)}">${escaped(text || href)}</a>`;
    },
    checkbox({checked}) {
        return checked ? '☑ ' : '☐ ';
    },
};
const marked = new Marked({gfm: true, breaks: true, renderer});

/** @param {string} text */
function escaped(text) {
    return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/**
 * @param {string} text as it was typed
 * @param {readonly string[]} names of people that can be mentioned
 * @param {string | null} own the reader's name
 * @returns {DocumentFragment}
 */
export function render(text, names, own) {
    const html = /** @type {string} */ (marked.parse(text));
    /** @type {DocumentFragment} */
    const fragment = DOMPurify.sanitize(html, {...ALLOWED, RETURN_DOM_FRAGMENT: true});
    for (const element of fragment.querySelectorAll('[class]')) {
        if (element.tagName !== 'CODE') {
            element.removeAttribute('class');
        }
    }
    fragment.querySelectorAll('a').forEach(guard);
    fragment.querySelectorAll('p, li, th, td, blockquote').forEach(element => element.setAttribute('dir', 'auto'));
    decorate(fragment, names, own);
    fragment.querySelectorAll('pre').forEach(block => {
        block.tabIndex = 0;
        highlight(block);
    });
    return fragment;
}

/**
 * A link that was not allowed is plain text; one to elsewhere opens a new page that cannot reach back.
 *
 * @param {HTMLAnchorElement} link
 */
function guard(link) {
    if (!link.hasAttribute('href')) {
        link.replaceWith(...link.childNodes);
    } else if (link.origin !== location.origin) {
        link.target = '_blank';
        link.rel = 'noopener noreferrer nofollow';
    }
}

/** Emoji and mentions in plain text, not in code. @param {DocumentFragment} fragment @param {readonly string[]} names @param {string | null} own */
function decorate(fragment, names, own) {
    const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement?.closest('code, pre')) {
            texts.push(/** @type {Text} */ (walker.currentNode));
        }
    }
    for (const node of texts) {
        const text = replaceShortcodes(node.data);
        const parts = [];
        let done = 0;
        for (const {start, end, name} of find(text, names)) {
            const mention = document.createElement('span');
            mention.className = own !== null && name.toLowerCase() === own.toLowerCase() ? 'mention own' : 'mention';
            mention.textContent = text.slice(start, end);
            parts.push(text.slice(done, start), mention);
            done = end;
        }
        if (done > 0 || text !== node.data) {
            node.replaceWith(...parts, text.slice(done));
        }
    }
}

/** The text as one plain line, for quotes and notifications. @param {string} text */
export function plain(text) {
    return replaceShortcodes(text.replace(/^```[^\n`]*$/gm, '')).replace(/[`*_~>#]+/g, '').replace(/\s+/g, ' ').trim();
}
