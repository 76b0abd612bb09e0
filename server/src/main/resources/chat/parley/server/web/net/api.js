// @ts-check
/** The HTTP API, for what is asked for: pages, rooms, topics. The token goes into a header, never into an address. */

/** An answer that says what was wrong, in one sentence. */
export class ApiError extends Error {
    /** @param {{detail: string}} problem */
    constructor({detail}) {
        super(detail);
    }
}

/** Rooms in a list. A shorter one has them all. */
export const MOST_LISTED = 200;

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

    /** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
    async #ask(method, path, body) {
        const token = this.token();
        if (token === null) {
            // Another tab forgot the user, and this one is about to.
            throw new Error('nobody is signed in');
        }
        const response = await fetch(`/api/v1/${path}`, {
            method,
            headers: {
                authorization: `Bearer ${token}`,
                ...(body ? {'content-type': 'application/json'} : {}),
            },
            body: body ? JSON.stringify(body) : undefined,
            signal: AbortSignal.timeout(15_000),
        });
        const answer = await response.json();
        if (!response.ok) {
            throw new ApiError(answer);
        }
        return answer;
    }
}
