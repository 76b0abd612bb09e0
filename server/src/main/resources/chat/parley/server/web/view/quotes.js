// @ts-check
/** Messages that others reply to; those that are not on the page are asked for one by one. */

/** @typedef {import('../store/state.js').Message} Message */

/** Kept, at most. */
const MOST = 500;

export class Quotes {
    /** @type {Map<string, Message | null>} null while it is asked for, and where it is not there */
    #known = new Map();

    /** @param {import('../net/api.js').Api} api @param {import('../store/store.js').Store} store @param {() => void} redraw */
    constructor(api, store, redraw) {
        this.api = api;
        this.store = store;
        this.redraw = redraw;
    }

    /** A message as it now is came. @param {Message} message */
    changed(message) {
        const key = `${message.room}/${message.seq}`;
        if (this.#known.has(key)) {
            this.#known.set(key, message);
        }
    }

    /** @param {string} room @param {number} seq @returns {Message | null | undefined} */
    get(room, seq) {
        const shown = this.store.state.rooms.get(room)?.messages.find(message => message.seq === seq);
        if (shown) {
            return shown;
        }
        const key = `${room}/${seq}`;
        if (!this.#known.has(key)) {
            if (this.#known.size >= MOST) {
                this.#known.clear();
            }
            this.#known.set(key, null);
            this.api.message(room, seq).then(message => {
                this.#known.set(key, message);
                this.redraw();
            }, () => {});
        }
        return this.#known.get(key);
    }
}
