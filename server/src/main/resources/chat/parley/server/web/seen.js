// @ts-check
/** Decides what counts as read: what was seen of a room, once it is known how far it was read before. */
import * as actions from './store/actions.js';

export class Seen {
    /** The newest message seen in rooms of which it is not known yet how far they were read before. @type {Map<string, number>} */
    #newest = new Map();

    /** @param {import('./store/store.js').Store} store @param {import('./reads.js').Reads} reads */
    constructor(store, reads) {
        this.store = store;
        this.reads = reads;
    }

    /** The user has all up to there before their eyes, and may have left before it is known what was read. @param {string} room @param {number} seq */
    upTo(room, seq) {
        this.#newest.set(room, seq);
        this.known(room);
    }

    /** Who had read all before it has read what they say themselves, wherever they look by then. @param {import('./store/state.js').Message} message */
    said({room, seq}) {
        const read = Math.max(this.store.state.rooms.get(room)?.read ?? 0, this.#newest.get(room) ?? 0);
        if (read === seq - 1) {
            this.upTo(room, seq);
        }
    }

    /** It may be known how far the room was read before. @param {string} name */
    known(name) {
        const seq = this.#newest.get(name);
        const room = this.store.state.rooms.get(name);
        if (seq === undefined || !room?.readKnown) {
            return;
        }
        this.#newest.delete(name);
        if (seq > room.read) {
            this.reads.mark(name, seq);
            this.store.apply(actions.read, name, seq);
        }
    }
}
