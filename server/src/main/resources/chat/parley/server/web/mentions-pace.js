// @ts-check
/**
 * How often a room tells of its mentions: soon after the first, then of all that came meanwhile, and ever more rarely while nobody
 * reads them. However many come, the last one is told.
 */
import {APART} from './reads.js';

/** How long another tab or device has to say that the mention was read there, in milliseconds: it says so once in a while. */
const READ_ELSEWHERE = APART + 400;
/** The time between a room's first two, in milliseconds; each later one is twice as long as the one before. */
const SECOND = 5_000;
/** The time between a room's mentions, at most, in milliseconds. */
const SELDOM = 60_000;
/** The time between those of any two rooms, in milliseconds. */
const ANY = 1_000;

/** @typedef {import('./store/state.js').Message} Message */
/** `after` is the time from the last telling to the next one. @typedef {{message: Message | null, after: number, next: number}} Pace */

export class MentionsPace {
    /** @type {Map<string, Pace>} */
    #rooms = new Map();
    /** No room tells before that. */
    #any = 0;

    /**
     * @param {(newest: Message) => void} tell called once for all mentions of a room that came since
     * @param {{now: () => number, after: (wait: number, act: () => void) => void}} clock in milliseconds
     */
    constructor(tell, clock = {now: () => performance.now(), after: (wait, act) => setTimeout(act, wait)}) {
        this.tell = tell;
        this.clock = clock;
    }

    /** @param {Message} message */
    mentioned(message) {
        const pace = this.#rooms.get(message.room) ?? {message: null, after: SECOND, next: 0};
        this.#rooms.set(message.room, pace);
        const isAwaited = pace.message !== null;
        pace.message = message;
        if (!isAwaited) {
            this.#tellAt(message.room, pace, Math.max(this.clock.now() + READ_ELSEWHERE, pace.next));
        }
    }

    /** @param {string} room @param {Pace} pace @param {number} at */
    #tellAt(room, pace, at) {
        this.clock.after(Math.max(0, at - this.clock.now()), () => {
            const now = this.clock.now();
            if (this.#rooms.get(room) !== pace || pace.message === null) {
                return;
            }
            if (now < this.#any) {
                this.#tellAt(room, pace, this.#any);
                return;
            }
            const {message} = pace;
            this.#any = now + ANY;
            Object.assign(pace, {message: null, next: now + pace.after, after: Math.min(SELDOM, pace.after * 2)});
            this.tell(message);
        });
    }

    /** Somebody reads the room, so the next mention is a first one. @param {string} room */
    read(room) {
        this.#rooms.delete(room);
    }
}
