// @ts-check
/** What is kept in the browser. What it does not let be kept, because it is full or was told so, is kept in the page until that is closed. */

/** One of the browser's two stores, under names that begin with `parley.` */
class Area {
    /** What the browser did not keep; null where it did not let go of something. @type {Map<string, string | null>} */
    #here = new Map();

    /** @param {() => Storage} open throws where the browser is told to keep nothing */
    constructor(open) {
        this.open = open;
    }

    /** @param {string} key @returns {string | null} */
    get(key) {
        const here = this.#here.get(key);
        if (here !== undefined) {
            return here;
        }
        try {
            return this.open().getItem(`parley.${key}`);
        } catch {
            return null;
        }
    }

    /** @param {string} key @param {string | null} value null forgets it @returns {boolean} whether that outlives the page */
    set(key, value) {
        try {
            if (value === null) {
                this.open().removeItem(`parley.${key}`);
            } else {
                this.open().setItem(`parley.${key}`, value);
            }
            this.#here.delete(key);
            return true;
        } catch {
            this.#here.set(key, value);
            return false;
        }
    }

    /** Whether all of it outlives the page. */
    get isWhole() {
        return this.#here.size === 0;
    }

    /** The keys that the browser keeps and that begin so. @param {string} prefix @returns {string[]} */
    keys(prefix) {
        try {
            return Object.keys(this.open()).filter(key => key.startsWith(`parley.${prefix}`)).map(key => key.slice('parley.'.length));
        } catch {
            return [];
        }
    }

    /** @param {string} key @returns {unknown} null where there is none, or it is spoilt */
    json(key) {
        try {
            return JSON.parse(this.get(key) ?? 'null');
        } catch {
            return null;
        }
    }
}

/** For all tabs, and the next visit. */
export const browser = new Area(() => localStorage);
/** For this tab alone; it outlives a reload. */
const tab = new Area(() => sessionStorage);

/** @typedef {import('./store/state.js').User} User */

/** Who is here, and what they chose. */
export const kept = {
    get: (/** @type {string} */ key) => browser.get(key),
    set: (/** @type {string} */ key, /** @type {string | null} */ value) => browser.set(key, value),
    /** @returns {string[]} */
    rooms: () => {
        const rooms = browser.json('rooms');
        return Array.isArray(rooms) ? rooms.filter(room => typeof room === 'string') : [];
    },
    setRooms: (/** @type {string[]} */ rooms) => browser.set('rooms', JSON.stringify(rooms)),
    /** Who the token stands for. @returns {User | null} */
    user: () => /** @type {User | null} */ (browser.json('user')),
    setUser: (/** @type {User} */ user) => browser.set('user', JSON.stringify(user)),
};

/** What one has begun to write in a room; empty where nothing was. */
export const drafts = {
    get: (/** @type {string} */ room) => tab.get(`draft.${room}`) ?? '',
    set: (/** @type {string} */ room, /** @type {string} */ text) => tab.set(`draft.${room}`, text === '' ? null : text),
};

/** What one is answering or editing, by room, for after a reload. */
export const begun = {
    /** @returns {[string, import('./view/composer.js').Begun][]} */
    get: () => {
        const list = tab.json('begun');
        return Array.isArray(list) ? list : [];
    },
    /** @returns {boolean} whether it outlives the page, and the drafts, too */
    set: (/** @type {[string, import('./view/composer.js').Begun][]} */ list) => {
        tab.set('begun', list.length > 0 ? JSON.stringify(list) : null);
        return tab.isWhole;
    },
};
