// @ts-check
/** How much a message may hold, told before it is sent. */
import {html, nothing} from '../lit-html/lit-html.js';
import {replaceShortcodes} from '../markdown/emoji.js';
import {t} from '../text/i18n.js';

/** Code points in a message, at most. */
const MOST = 4_000;
/** From here on it is shown what is left, in code points. */
const NEAR = 200;

/** How many code points may still be typed; negative where the text is too long to be sent. @param {string} text as it is typed */
export function left(text) {
    // A code point is one or two units, so short texts need no count.
    return text.length <= MOST - NEAR ? MOST - text.length : MOST - [...replaceShortcodes(text)].length;
}

/** The number beside the field. @param {number} n what is left */
export function countView(n) {
    return n > NEAR ? nothing
        : html`<span class="count ${n < 0 ? 'problem' : 'soft'}" aria-hidden="true" data-testid="composer-left">${String(n).replace('-', '−')}</span>`;
}

/** The sentence under the field; it is read out once, not at every key. @param {number} n what is left */
export function longView(n) {
    return n >= 0 ? nothing
        : html`<p class="problem" id="composer-problem" role="alert" data-testid="composer-problem">${t('composer.long', {n: MOST})}</p>`;
}
