// @ts-check
/** Addresses: `/` asks, `/r/4` is a room, `/r/4/17` a message in it. */

/** @typedef {{room: string | null, seq: number | null}} Place */

export const ROOM_NAME = /^[a-z0-9_-]{1,64}$/;

/** @param {string} path @returns {Place} */
export function parse(path) {
    const [, room, seq] = /^\/r\/([^/]+)(?:\/(\d{1,15}))?\/?$/.exec(path) ?? [];
    const valid = room !== undefined && ROOM_NAME.test(room);
    return {room: valid ? room : null, seq: valid && seq ? Number(seq) : null};
}

/** @param {string} room @param {number | null} [seq] */
export function path(room, seq = null) {
    return seq === null ? `/r/${room}` : `/r/${room}/${seq}`;
}

/** What people type as a room's name, as a name that is allowed; may be empty. @param {string} typed */
export function roomName(typed) {
    return typed.trim().toLowerCase().replace(/^#/, '').normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
        .replace(/[^a-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 64);
}

/**
 * Follows links to rooms inside the page, and the browser's back and forward.
 *
 * @param {(place: Place) => void} go
 * @returns {(room: string, seq?: number | null) => void} goes to a room
 */
export function route(go) {
    const navigate = (/** @type {string} */ room, /** @type {number | null} */ seq = null) => {
        if (location.pathname !== path(room, seq)) {
            history.pushState(null, '', path(room, seq));
        }
        go({room, seq});
    };
    window.addEventListener('popstate', () => go(parse(location.pathname)));
    document.addEventListener('click', event => {
        const link = event.target instanceof Element ? event.target.closest('a') : null;
        if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey
            || link.origin !== location.origin) {
            return;
        }
        const place = parse(link.pathname);
        if (place.room !== null) {
            event.preventDefault();
            navigate(place.room, place.seq);
        }
    });
    return navigate;
}
