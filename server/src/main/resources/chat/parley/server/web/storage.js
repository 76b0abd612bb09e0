// @ts-check
/** What is kept in the browser. Where it lets nothing be kept, all works until the page is closed. */

/** @param {Storage} area @param {string} key */
function get(area, key) {
    try {
        return area.getItem(`parley.${key}`);
    } catch {
        return null;
    }
}

/** @param {Storage} area @param {string} key @param {string | null} value */
function set(area, key, value) {
    try {
        if (value === null) {
            area.removeItem(`parley.${key}`);
        } else {
            area.setItem(`parley.${key}`, value);
        }
    } catch {
        // Full or forbidden.
    }
}

/** @param {Storage} area @param {string} key @returns {unknown} null where there is none, or it is spoilt */
function getJson(area, key) {
    try {
        return JSON.parse(get(area, key) ?? 'null');
    } catch {
        return null;
    }
}

/** A list that was kept; empty where there is none. @param {Storage} area @param {string} key @returns {unknown[]} */
function getList(area, key) {
    const list = getJson(area, key);
    return Array.isArray(list) ? list : [];
}

/** @typedef {import('./store/state.js').Pending} Pending @typedef {import('./store/state.js').User} User */

/** For all tabs, and the next visit. */
export const kept = {
    get: (/** @type {string} */ key) => get(localStorage, key),
    set: (/** @type {string} */ key, /** @type {string | null} */ value) => set(localStorage, key, value),
    /** @returns {string[]} */
    rooms: () => getList(localStorage, 'rooms').filter(room => typeof room === 'string'),
    setRooms: (/** @type {string[]} */ rooms) => set(localStorage, 'rooms', JSON.stringify(rooms)),
    /** Who the token stands for. @returns {User | null} */
    user: () => /** @type {User | null} */ (getJson(localStorage, 'user')),
    setUser: (/** @type {User} */ user) => set(localStorage, 'user', JSON.stringify(user)),
};

/** For this tab alone; it outlives a reload. */
export const tab = {
    get: (/** @type {string} */ key) => get(sessionStorage, key),
    set: (/** @type {string} */ key, /** @type {string | null} */ value) => set(sessionStorage, key, value),
    /** @returns {Pending[]} */
    outbox: () => /** @type {Pending[]} */ (getList(sessionStorage, 'outbox')),
    setOutbox: (/** @type {readonly Pending[]} */ pending) =>
        set(sessionStorage, 'outbox', pending.length > 0 ? JSON.stringify(pending) : null),
};

/** What one has begun to write in a room; empty where nothing was. */
export const drafts = {
    get: (/** @type {string} */ room) => tab.get(`draft.${room}`) ?? '',
    set: (/** @type {string} */ room, /** @type {string} */ text) => tab.set(`draft.${room}`, text === '' ? null : text),
};
