// @ts-check
/** The HTTP API, for what is asked for: pages, rooms, topics. The token goes into a header, never into an address. */

/** An answer that says what was wrong, in one sentence. */
export class ApiError extends Error {
    /** @param {{detail: string, status?: number}} problem */
    constructor({detail, status = 0}) {
        super(detail);
        this.status = status;
    }
}

/**
 * Rooms in a list: one's own, which are 50 at most, and more others than are shown. A shorter list has all rooms there are. It is
 * asked for once a minute, so it is short, though there may be many thousands.
 */
export const MOST_LISTED = 80;
/** How often a question is asked again that the server refused for the moment. */
const MOST_TRIES = 3;

/** @typedef {{name: string, topic: string | null, seq: number, change: number, online: number, read: number, unread: number}} ListedRoom */
/** @typedef {import('../store/state.js').Message} Message @typedef {import('../store/state.js').User} User */

export class Api {
    /** @param {() => string | null} token */
    constructor(token) {
        this.token = token;
    }

    /**
     * Those rooms that are likely to be meant, at most `MOST_LISTED`: there may be thousands, and many of one visitor.
     * @returns {Promise<ListedRoom[]>}
     */
    rooms() {
        return this.#ask('GET', `rooms?order=relevance&limit=${MOST_LISTED}`);
    }

    /** Rooms that have this in their name, the likeliest first. @param {string} part @returns {Promise<ListedRoom[]>} */
    find(part) {
        return this.#ask('GET', `rooms?order=relevance&limit=20&find=${part}`);
    }

    /** @param {string} room @returns {Promise<ListedRoom>} */
    room(room) {
        return this.#ask('GET', `rooms/${room}`);
    }

    /** @param {string} room @param {'before' | 'after'} side @param {number} seq @param {number} limit @returns {Promise<Message[]>} */
    messages(room, side, seq, limit) {
        return this.#ask('GET', `rooms/${room}/messages?${side}=${seq}&limit=${limit}`);
    }

    /** @param {string} room @param {number} seq @returns {Promise<Message>} */
    message(room, seq) {
        return this.#ask('GET', `rooms/${room}/messages/${seq}`);
    }

    /** @param {string} room @returns {Promise<User[]>} */
    members(room) {
        return this.#ask('GET', `rooms/${room}/members`);
    }

    /** @param {string} room @param {string} topic @returns {Promise<void>} */
    setTopic(room, topic) {
        return this.#ask('PATCH', `rooms/${room}`, {topic});
    }

    /** Outlives the page, and tells nobody how it went. @param {string} room @param {number} seq */
    leaveRead(room, seq) {
        this.#fetch('PUT', `rooms/${room}/read`, {seq}, {keepalive: true}).catch(() => {});
    }

    /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
    async #ask(method, path, body) {
        for (let tries = 1; ; tries++) {
            const response = await this.#fetch(method, path, body, {signal: AbortSignal.timeout(15_000)});
            const answer = await response.json();
            if (response.ok) {
                return answer;
            }
            if (answer.retryAfter === undefined || tries === MOST_TRIES) {
                throw new ApiError(answer);
            }
            await new Promise(resolve => setTimeout(resolve, answer.retryAfter * 1_000));
        }
    }

    /** @param {string} method @param {string} path @param {object | undefined} body @param {RequestInit} options */
    async #fetch(method, path, body, options) {
        const token = this.token();
        if (token === null) {
            // Another tab forgot the user, and this one is about to.
            throw new Error('nobody is signed in');
        }
        return fetch(`/api/v1/${path}`, {
            ...options,
            method,
            headers: {
                authorization: `Bearer ${token}`,
                ...(body ? {'content-type': 'application/json'} : {}),
            },
            body: body ? JSON.stringify(body) : undefined,
        });
    }
}
