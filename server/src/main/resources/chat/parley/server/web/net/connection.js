// @ts-check
/**
 * One WebSocket that mends itself.
 *
 *   connecting ──open──▶ greeting ──welcome──▶ online
 *        ▲                  │                    │ closed, or silent
 *        └──── backoff ◀────┴────────────────────┘
 */
import {backoff} from './backoff.js';

/** A connection that held so long is sound: the next break begins with short waiting times again, in milliseconds. */
const SOUND = 5_000;
/** How long an answer may take until the connection counts as dead, in milliseconds. */
const SILENCE = 10_000;

/**
 * What the client sends.
 *
 * @typedef {{ref?: string} & ({type: 'hello', token?: string | null, name?: string | null} | {type: 'ping'}
 *   | {type: 'join', room: string, last?: number, after?: number, epoch?: string} | {type: 'leave', room: string}
 *   | {type: 'send', room: string, id: string, text: string, replyTo?: number}
 *   | {type: 'edit', room: string, seq: number, text: string} | {type: 'delete', room: string, seq: number}
 *   | {type: 'typing', room: string} | {type: 'read', room: string, seq: number})} Frame
 */

export class Connection {
    /** @type {WebSocket | null} */
    #socket = null;
    #failures = 0;
    #welcomed = false;
    /** Until it is opened, and after it was closed for good. */
    #stopped = true;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #retry;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #silence;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    #pings;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #sound;

    /**
     * @param {string} url
     * @param {{hello: () => {token: string | null} | {name: string | null}, frame: (frame: import('../store/frames.js').Frame) => void, lost: () => void,
     *   refused: (detail: string) => void}} owner
     */
    constructor(url, owner) {
        this.url = url;
        this.owner = owner;
        window.addEventListener('online', () => this.#hurry());
        window.addEventListener('offline', () => this.#lose());
        document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
    }

    open() {
        this.#stopped = false;
        clearTimeout(this.#retry);
        this.#retry = undefined;
        const socket = new WebSocket(this.url);
        this.#socket = socket;
        this.#welcomed = false;
        socket.onopen = () => this.#write({type: 'hello', ...this.owner.hello()});
        socket.onmessage = event => socket === this.#socket && this.#receive(event.data);
        socket.onclose = event => socket === this.#socket && this.#closed(event.code);
        this.#expect();
    }

    /** Sends a frame, if there is a connection; says whether. @param {Frame} frame */
    send(frame) {
        if (!this.#welcomed || this.#socket?.readyState !== WebSocket.OPEN) {
            return false;
        }
        this.#write(frame);
        return true;
    }

    /** Comes back at once. */
    again() {
        this.#stopped = false;
        this.#lose(0);
    }

    /** Closes and stays closed. */
    stop() {
        this.#stopped = true;
        this.#drop();
        clearTimeout(this.#retry);
    }

    /** @param {Frame} frame */
    #write(frame) {
        this.#socket?.send(JSON.stringify(frame));
        // Typing and reading get no answer, so they cannot tell a dead line.
        if (frame.type !== 'typing' && frame.type !== 'read') {
            this.#expect();
        }
    }

    /** @param {string} data */
    #receive(data) {
        clearTimeout(this.#silence);
        this.#silence = undefined;
        /** @type {import('../store/frames.js').Frame} */
        const frame = JSON.parse(data);
        if (frame.type === 'welcome') {
            this.#welcomed = true;
            this.#sound = setTimeout(() => (this.#failures = 0), SOUND);
            clearInterval(this.#pings);
            this.#pings = setInterval(() => this.send({type: 'ping'}), frame.heartbeat * 1000);
        } else if (frame.type === 'error' && !this.#welcomed) {
            if (frame.code === 'unauthorized' || frame.code === 'invalid') {
                this.stop();
                // A token that is not known any more is nobody's mistake, so it gets the client's own words.
                this.owner.refused(frame.code === 'unauthorized' ? '' : frame.detail);
            } else {
                this.#lose(frame.retryAfter === undefined ? undefined : frame.retryAfter * 1000 * (1 + Math.random()));
            }
            return;
        }
        this.owner.frame(frame);
    }

    /** Something was asked; when nothing at all comes for a while, the line is dead. */
    #expect() {
        this.#silence ??= setTimeout(() => this.#lose(), SILENCE);
    }

    /** @param {number} code */
    #closed(code) {
        if (code === 4503) {
            this.stop();
            this.owner.refused('');
        } else if (code >= 4500 && code <= 4999) {
            // The server asks not to come back; the user may.
            this.stop();
            this.owner.lost();
        } else {
            this.#lose();
        }
    }

    /** @param {number} [wait] milliseconds */
    #lose(wait) {
        if (this.#stopped) {
            return;
        }
        this.#drop();
        this.#failures++;
        const delay = wait ?? backoff(this.#failures);
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.open(), delay);
        this.owner.lost();
    }

    #drop() {
        clearTimeout(this.#silence);
        clearInterval(this.#pings);
        clearTimeout(this.#sound);
        this.#silence = undefined;
        this.#welcomed = false;
        const socket = this.#socket;
        this.#socket = null;
        socket?.close();
    }

    /** There is reason to think that it works now. */
    #hurry() {
        if (this.#retry !== undefined && !this.#socket && !this.#stopped) {
            this.open();
        }
    }
}
