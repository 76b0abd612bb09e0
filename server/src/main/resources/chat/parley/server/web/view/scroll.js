// @ts-check
/**
 * The conversation's place on the screen: it stays at the newest while the reader is there, and what the reader looks at stays
 * where it is while messages come in above it.
 */

/** Nearer than this to the end counts as being there, in pixels. */
const NEAR = 60;
/** How far before an end the next page is asked for, in pixels. */
const AHEAD = 600;

export class Scroll {
    /** @type {HTMLElement | null} */
    #box = null;
    #atBottom = true;
    /** @type {{id: string, top: number} | null} */
    #anchor = null;

    /** `moved` tells that the end came to be seen, or is not seen any more. @param {{moved: () => void, needEarlier: () => void, needLater: () => void}} owner */
    constructor(owner) {
        this.owner = owner;
    }

    /** @param {HTMLElement | null} box the element that scrolls */
    attach(box) {
        if (box === this.#box) {
            return;
        }
        this.#box = box;
        if (box) {
            box.addEventListener('scroll', () => this.#scrolled(), {passive: true});
            new ResizeObserver(() => this.#atBottom && this.toBottom()).observe(box);
            const content = box.firstElementChild;
            if (content) {
                new ResizeObserver(() => this.#atBottom && this.toBottom()).observe(content);
            }
        }
    }

    get atBottom() {
        return this.#atBottom;
    }

    /** Called before changed messages are drawn. */
    remember() {
        const box = this.#box;
        if (!box || this.#atBottom) {
            return;
        }
        const top = box.getBoundingClientRect().top;
        for (const message of box.querySelectorAll('.message[id]')) {
            const bounds = message.getBoundingClientRect();
            if (bounds.bottom > top) {
                this.#anchor = {id: message.id, top: bounds.top};
                break;
            }
        }
    }

    /** Called after they were drawn. */
    restore() {
        const box = this.#box;
        if (!box) {
            return;
        }
        if (this.#atBottom) {
            this.toBottom();
        } else if (this.#anchor) {
            const element = document.getElementById(this.#anchor.id);
            if (element) {
                box.scrollTop += element.getBoundingClientRect().top - this.#anchor.top;
            }
        }
        // The reader may go on from here.
        this.#anchor = null;
        this.check();
    }

    toBottom() {
        this.#atBottom = true;
        if (this.#box) {
            this.#box.scrollTop = this.#box.scrollHeight;
        }
    }

    /** Puts one element in the middle. @param {Element} element */
    show(element) {
        element.scrollIntoView({block: 'center'});
        this.#scrolled();
    }

    #scrolled() {
        const box = this.#box;
        if (!box) {
            return;
        }
        const before = this.#atBottom;
        this.#atBottom = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
        if (this.#atBottom !== before) {
            this.owner.moved();
        }
        this.check();
    }

    /** Asks for the next page where an end comes near. */
    check() {
        const box = this.#box;
        if (!box || box.clientHeight === 0) {
            return;
        }
        if (box.scrollTop < AHEAD) {
            this.owner.needEarlier();
        }
        if (box.scrollHeight - box.scrollTop - box.clientHeight < AHEAD) {
            this.owner.needLater();
        }
    }
}
