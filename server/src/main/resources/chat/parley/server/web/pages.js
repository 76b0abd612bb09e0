// @ts-check
/** Fetches the parts of a conversation that the socket does not bring: earlier, later, and around one message. */
import {ApiError} from './net/api.js';
import * as actions from './store/actions.js';

/** @typedef {import('./store/state.js').Message} Message */

const PAGE = 50;
/** After a failure the next scroll would ask again at once; it may after this, in milliseconds. */
const PAUSE = 3_000;

export class Pages {
    /** Rooms that a page is on its way for. @type {Set<string>} */
    #loading = new Set();
    /** What changed while pages were on their way, one list for each. @type {Set<Message[]>} */
    #meanwhile = new Set();
    #againAt = 0;

    /** @param {import('./net/api.js').Api} api @param {import('./store/store.js').Store} store @param {(sentence: string) => void} failed */
    constructor(api, store, failed) {
        this.api = api;
        this.store = store;
        this.failed = failed;
    }

    /** A message as it now is came from the socket. @param {Message} message */
    heard(message) {
        this.#meanwhile.forEach(changed => changed.push(message));
    }

    /** @param {string} name @returns {Promise<void>} */
    earlier(name) {
        const room = this.store.state.rooms.get(name);
        const first = room?.messages[0]?.seq;
        return !first || room.atStart ? Promise.resolve() : this.#load(name, async () => {
            const page = await this.#fetch(name, 'before', first);
            // Another part may be shown by now; this page would leave a hole.
            if (this.store.state.rooms.get(name)?.messages[0]?.seq === first) {
                this.store.apply(actions.earlier, name, page);
            }
        });
    }

    /** @param {string} name @returns {Promise<void>} */
    later(name) {
        const room = this.store.state.rooms.get(name);
        const last = room?.messages.at(-1)?.seq;
        return !last || room.atEnd ? Promise.resolve() : this.#load(name, async () => {
            const page = await this.#fetch(name, 'after', last);
            if (this.store.state.rooms.get(name)?.messages.at(-1)?.seq === last) {
                this.store.apply(actions.later, name, page);
            }
        });
    }

    /** Opens a room's conversation around one message. @param {string} name @param {number} seq */
    async show(name, seq) {
        if (this.store.state.rooms.get(name)?.messages.some(message => message.seq === seq)) {
            this.store.apply(actions.targeted, name, seq);
            return;
        }
        try {
            const page = await this.#fetch(name, 'before', seq + Math.floor(PAGE / 2));
            this.store.apply(actions.jumped, name, page, seq);
        } catch (e) {
            this.failed(e instanceof ApiError ? e.message : '');
        }
    }

    /**
     * A page in which every message is as new as what the socket has brought.
     *
     * @param {string} name @param {'before' | 'after'} side @param {number} seq
     */
    async #fetch(name, side, seq) {
        /** @type {Message[]} */
        const changed = [];
        this.#meanwhile.add(changed);
        try {
            const page = await this.api.messages(name, side, seq, PAGE);
            return page.map(message =>
                changed.findLast(one => one.room === name && one.seq === message.seq && one.change > message.change) ?? message);
        } finally {
            this.#meanwhile.delete(changed);
        }
    }

    /** One page at a time for each room. @param {string} name @param {() => Promise<void>} load */
    async #load(name, load) {
        if (this.#loading.has(name) || Date.now() < this.#againAt) {
            return;
        }
        this.#loading.add(name);
        try {
            await load();
        } catch (e) {
            this.#againAt = Date.now() + PAUSE;
            this.failed(e instanceof ApiError ? e.message : '');
        } finally {
            this.#loading.delete(name);
        }
    }
}
