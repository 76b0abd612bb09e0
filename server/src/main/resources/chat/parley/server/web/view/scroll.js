// @ts-check
/**
 * The conversation's place on the screen: it stays at the newest while the reader is there, and what the reader looks at stays
 * where it is while messages come in above it. Who comes back to a room goes on reading where they were.
 */

/** Nearer than this to the end counts as being there, in pixels. */
const NEAR = 60;
/** How far before an end the next page is asked for, in pixels. */
const AHEAD = 600;

/** A message, and how far from the top of the window it is, in pixels. @typedef {{id: string, top: number}} Place */

export class Scroll {
    /** @type {HTMLElement | null} */
    #box = null;
    #atBottom = true;
    /** The window's height when it was last looked at, in pixels. */
    #height = 0;
    /** @type {Place | null} */
    #anchor = null;
    #room = '';
    /** Where one was in rooms that were left while an earlier part was read. @type {Map<string, Place>} */
    #places = new Map();
    /** To go back to, once the room is drawn. @type {Place | null} */
    #back = null;

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

    /** Another room is about to be drawn. @param {string} room */
    change(room) {
        this.#anchor = null;
        this.remember();
        if (this.#anchor !== null) {
            this.#places.set(this.#room, this.#anchor);
        } else {
            this.#places.delete(this.#room);
        }
        this.#room = room;
        this.#back = this.#places.get(room) ?? null;
        this.#atBottom = this.#back === null;
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
        } else {
            const place = this.#back ?? this.#anchor;
            const element = place && document.getElementById(place.id);
            if (element) {
                box.scrollTop += element.getBoundingClientRect().top - place.top;
            } else if (this.#back) {
                this.toBottom();
            }
        }
        // The reader may go on from here.
        this.#anchor = null;
        this.#back = null;
        this.#scrolled();
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
        const resized = box.clientHeight !== this.#height;
        this.#height = box.clientHeight;
        if (before && resized) {
            // It was the window that moved, as where the field below it grows, and not the reader.
            this.toBottom();
        }
        const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
        // Where the part that is shown ends, but not the conversation, the next page comes below what one looks at.
        this.#atBottom = near && (before || box.dataset.atEnd === 'true');
        if (this.#atBottom !== before) {
            this.owner.moved();
        }
        this.#check();
    }

    /** Asks for the next page where an end comes near. */
    #check() {
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
