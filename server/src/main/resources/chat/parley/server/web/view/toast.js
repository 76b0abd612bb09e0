// @ts-check
/** One sentence about what just happened, shown for a while. */
import {html, nothing} from '../lit-html/lit-html.js';

/** How long it is shown, in milliseconds. */
const LASTS = 6_000;

export class Toast {
    #sentence = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {() => void} changed */
    constructor(changed) {
        this.changed = changed;
    }

    /** @param {string} sentence */
    say(sentence) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#show(''), LASTS);
        this.#show(sentence);
    }

    /** @param {string} sentence */
    #show(sentence) {
        this.#sentence = sentence;
        this.changed();
    }

    view() {
        return html`<div class="toasts" role="alert">${this.#sentence === '' ? nothing
            : html`<p class="toast" data-testid="toast">${this.#sentence}</p>`}</div>`;
    }
}
