// @ts-check
/**
 * What the server is asked to store, first in, first out for each room, as in the Java client. Only the oldest of a room is ever
 * under way, so that no refusal or break can change the order. What is refused for the moment is asked again after the time that
 * the server tells, and what stands behind it waits.
 */
import {pause} from '../store/frames.js';

/** @typedef {import('./connection.js').Frame & {room: string, ref: string}} Asked @typedef {import('../store/frames.js').Frame} Frame */
/** @typedef {{frame: Asked, answered: (answer: Frame | null) => void, underWay: boolean, notBefore: number}} Entry */

export class Outbox {
    /** @type {Map<string, Entry[]>} */
    #lines = new Map();

    /** @param {(frame: Asked) => boolean} send says whether there is a connection */
    constructor(send) {
        this.send = send;
    }

    /**
     * @param {Asked} frame with a `ref` that nothing else here has
     * @param {(answer: Frame | null) => void} answered gets the answer that is for good; null where the connection is lost, after which
     *   only messages to be sent, which have ids, are asked again
     */
    put(frame, answered = () => {}) {
        const line = this.#lines.get(frame.room) ?? [];
        this.#lines.set(frame.room, line);
        line.push({frame, answered, underWay: false, notBefore: 0});
        this.#pump(frame.room);
    }

    /** Takes out what was not answered yet. @param {string} room @param {string} ref */
    drop(room, ref) {
        this.#keep(room, entry => entry.frame.ref !== ref);
        this.#pump(room);
    }

    /** Takes an answer; says whether it was one to something that stands here. @param {Frame} answer */
    answer(answer) {
        const ref = 'ref' in answer ? answer.ref : undefined;
        const [room, line] = [...this.#lines].find(([, [head]]) => head.underWay && head.frame.ref === ref) ?? [];
        if (!room || !line) {
            return false;
        }
        const wait = pause(answer);
        if (wait === null) {
            const {answered} = line[0];
            this.#keep(room, entry => entry !== line[0]);
            answered(answer);
            this.#pump(room);
        } else {
            line[0].underWay = false;
            line[0].notBefore = Date.now() + wait;
            setTimeout(() => this.#pump(room), wait);
        }
        return true;
    }

    /** There is a connection. */
    opened() {
        [...this.#lines.keys()].forEach(room => this.#pump(room));
    }

    /** The connection is lost: what was under way may have been stored or not. */
    lost() {
        const again = (/** @type {Entry} */ entry) => entry.frame.type === 'send';
        const given = [...this.#lines.values()].flat().filter(entry => !again(entry));
        [...this.#lines.keys()].forEach(room => this.#keep(room, again));
        for (const [head] of this.#lines.values()) {
            head.underWay = false;
            head.notBefore = 0;
        }
        given.forEach(entry => entry.answered(null));
    }

    /** @param {string} room @param {(entry: Entry) => boolean} stays */
    #keep(room, stays) {
        const left = (this.#lines.get(room) ?? []).filter(stays);
        if (left.length === 0) {
            this.#lines.delete(room);
        } else {
            this.#lines.set(room, left);
        }
    }

    /** @param {string} room */
    #pump(room) {
        const head = this.#lines.get(room)?.[0];
        if (head && !head.underWay && head.notBefore <= Date.now()) {
            head.underWay = this.send(head.frame);
        }
    }
}
