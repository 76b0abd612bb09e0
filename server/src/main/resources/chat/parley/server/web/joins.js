// @ts-check
/** Asks to be in rooms, and asks again where that was refused for the moment. */
import * as actions from './store/actions.js';
import {pause} from './store/frames.js';

/** The newest messages that a room opens with. */
const FIRST = 50;

export class Joins {
    /** The newest join of each room that is not answered yet, by its `ref`. @type {Map<string, {room: string, resuming: boolean}>} */
    #asked = new Map();
    #counter = 0;

    /**
     * @param {import('./store/store.js').Store} store
     * @param {(frame: import('./net/connection.js').Frame) => boolean} send says whether there is a connection
     */
    constructor(store, send) {
        this.store = store;
        this.send = send;
    }

    /** @param {string} name @param {boolean} resuming whether to go on where the room stands */
    join(name, resuming) {
        const room = this.store.state.rooms.get(name);
        const resume = resuming && room?.epoch && room.change > 0 ? {after: room.change, epoch: room.epoch} : null;
        const last = room?.shown ? FIRST : 1;
        const ref = `join:${++this.#counter}`;
        if (this.send({type: 'join', ref, room: name, ...(resume ?? {last})})) {
            this.#asked.forEach((join, other) => join.room === name && this.#asked.delete(other));
            this.#asked.set(ref, {room: name, resuming});
            this.store.apply(actions.joining, name, resume !== null);
        }
    }

    /** A room was joined. @param {string} ref */
    joined(ref) {
        this.#asked.delete(ref);
    }

    /**
     * A room that was left, or asked for anew, meanwhile is not asked for again.
     *
     * @param {import('./store/frames.js').Frame} frame an error @param {string} ref @returns {boolean} whether there is nothing to say of it
     */
    refused(frame, ref) {
        const asked = this.#asked.get(ref);
        const wait = pause(frame);
        if (asked && wait !== null) {
            setTimeout(() => {
                if (this.#asked.get(ref) === asked && this.store.state.rooms.has(asked.room)) {
                    this.join(asked.room, asked.resuming);
                }
            }, wait);
        }
        return asked !== undefined && (wait !== null || !this.store.state.rooms.has(asked.room));
    }

    /** The connection is lost, and all is asked for anew on the next. */
    lost() {
        this.#asked.clear();
    }
}
