// @ts-check
/** The HTTP API, for what is asked for: pages, rooms, topics. The token goes into a header, never into an address. */

/** An answer that says what was wrong, in one sentence. */
export class ApiError extends Error {
    /** @param {{detail: string}} problem */
    constructor({detail}) {
        super(detail);
    }
}

/** @typedef {{name: string, topic: string | null, seq: number, change: number, online: number, read: number, unread: number}} ListedRoom */
/** @typedef {import('../store/state.js').Message} Message @typedef {import('../store/state.js').User} User */

export class Api {
    /** @param {() => string | null} token */
    constructor(token) {
        this.token = token;
    }

    /** All rooms, in order of name; at most 5,000. */
    async rooms() {
        /** @type {ListedRoom[]} */
        const rooms = [];
        for (let page = 0; page < 5; page++) {
            const after = rooms.length > 0 ? `&after=${encodeURIComponent(rooms[rooms.length - 1].name)}` : '';
            const more = await this.#ask('GET', `rooms?limit=1000${after}`);
            rooms.push(...more);
            if (more.length < 1000) {
                break;
            }
        }
        return rooms;
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
