// @ts-check
/** Tells the server how far each room is read: at most once a second for a room, and the last mark for sure. */
import {pause} from './store/frames.js';

/** Marks of a room are so far apart, in milliseconds. */
export const APART = 1_000;
/** What was told so shortly before the connection was found lost may have been lost with it, in milliseconds. */
const UNSURE = 60_000;

/** `told` is the mark that the server was told last, at the time `at`. @typedef {{seq: number, told: number, at: number, ref: string | null}} Mark */

export class Reads {
    /** @type {Map<string, Mark>} */
    #marks = new Map();
    #counter = 0;

    /**
     * @param {(frame: import('./net/connection.js').Frame) => boolean} send says whether there is a connection
     * @param {(room: string, seq: number) => void} leave tells it in a way that outlives the page
     */
    constructor(send, leave) {
        this.send = send;
        this.leave = leave;
        document.addEventListener('visibilitychange', () => document.hidden && this.#flush());
        window.addEventListener('pagehide', () => this.#left());
    }

    /** @param {string} room @param {number} seq */
    mark(room, seq) {
        const mark = this.#marks.get(room) ?? {seq: 0, told: 0, at: -Infinity, ref: null};
        this.#marks.set(room, mark);
        if (seq <= mark.seq) {
            return;
        }
        const waits = mark.seq > mark.told;
        mark.seq = seq;
        const wait = mark.at + APART - Date.now();
        if (wait <= 0) {
            this.#tell(room, mark);
        } else if (!waits) {
            setTimeout(() => this.#due(room, mark), wait);
        }
    }

    /** Takes an error; says whether it was about a mark. @param {import('./store/frames.js').Frame} frame */
    answer(frame) {
        const ref = 'ref' in frame ? frame.ref : undefined;
        const [room, mark] = [...this.#marks].find(([, one]) => one.ref !== null && one.ref === ref) ?? [];
        if (!room || !mark || frame.type !== 'error') {
            return false;
        }
        const wait = pause(frame);
        if (wait !== null) {
            mark.told = 0;
            mark.at = Date.now() + wait - APART;
            setTimeout(() => this.#due(room, mark), wait);
        }
        return wait !== null;
    }

    /** There is a connection. */
    opened() {
        this.#flush();
    }

    /** The connection is lost. */
    lost() {
        for (const mark of this.#marks.values()) {
            if (mark.at > Date.now() - UNSURE) {
                mark.told = 0;
            }
        }
    }

    /** @param {string} room @param {Mark} mark */
    #due(room, mark) {
        const wait = mark.at + APART - Date.now();
        if (wait <= 0) {
            this.#tell(room, mark);
        } else {
            // It was told meanwhile, without waiting.
            setTimeout(() => this.#due(room, mark), wait);
        }
    }

    /** Tells what waits, without waiting. */
    #flush() {
        this.#marks.forEach((mark, room) => this.#tell(room, mark));
    }

    /** The page goes, and its connection with it. */
    #left() {
        for (const [room, mark] of this.#marks) {
            if (mark.told < mark.seq) {
                this.leave(room, mark.seq);
            }
        }
    }

    /** @param {string} room @param {Mark} mark */
    #tell(room, mark) {
        const ref = `read:${++this.#counter}`;
        if (mark.told < mark.seq && this.send({type: 'read', room, seq: mark.seq, ref})) {
            Object.assign(mark, {told: mark.seq, at: Date.now(), ref});
        }
    }
}
