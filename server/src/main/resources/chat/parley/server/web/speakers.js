// @ts-check
/** Of several tabs one does what is done once. The Web Locks API chooses; where it is missing, each tab does it. */

/**
 * Which tab tells of a room: the first that had something to tell of it, as long as it has the room and a connection. Then the next
 * one takes over.
 */
export class Speakers {
    /** @type {Map<string, {speaks: boolean, end: () => void}>} */
    #rooms = new Map();

    /** @param {import('./store/store.js').Store} store */
    constructor(store) {
        store.listen(state => this.#rooms.forEach(({end}, room) => {
            if (state.connection !== 'online' || !state.rooms.has(room)) {
                this.#rooms.delete(room);
                end();
            }
        }));
    }

    /** This tab would tell of that room. @param {string} room */
    stand(room) {
        if (this.#rooms.has(room)) {
            return;
        }
        const turn = {speaks: !navigator.locks, end: () => {}};
        const ended = new Promise(resolve => (turn.end = () => resolve(null)));
        this.#rooms.set(room, turn);
        navigator.locks?.request(`parley.mentions.${room}`, () => {
            turn.speaks = true;
            return ended;
        }).catch(() => (turn.speaks = true));
    }

    /** Whether this tab is the one that tells. @param {string} room */
    speaks(room) {
        return this.#rooms.get(room)?.speaks ?? false;
    }
}

/**
 * Whether this tab is the first that asks; for `hold` milliseconds the others are told that they are not.
 *
 * @param {string} what @param {number} hold @returns {Promise<boolean>}
 */
export function first(what, hold) {
    return new Promise(resolve => {
        if (!navigator.locks) {
            resolve(true);
            return;
        }
        navigator.locks.request(`parley.${what}`, {ifAvailable: true}, lock => {
            resolve(lock !== null);
            return lock === null ? null : new Promise(done => setTimeout(done, hold));
        }).catch(() => resolve(true));
    });
}
