// @ts-check
/** What happens on this side: the connection, pages that were asked for, and what the user does. Pure, as the frames are. */
import {changePending, readUpTo} from './frames.js';
import {emptyRoom, mostMessages, unread, withRoom} from './state.js';
import {append, prepend} from './timeline.js';

/** @typedef {import('./state.js').State} State @typedef {import('./state.js').Message} Message */

/** No connection: not yet, or not any more. @param {State} state @param {'connecting' | 'offline'} connection @returns {State} */
export function disconnected(state, connection) {
    const rooms = new Map([...state.rooms].map(([name, room]) =>
        [name, {...room, live: false, joined: false, typing: new Map()}]));
    return {...state, connection, rooms};
}

/** The user looks at a room. @param {State} state @param {string} name @returns {State} */
export function entered(state, name) {
    const left = state.current && state.current !== name
        ? withRoom(state, state.current, room => ({...room, attending: false, unreadFrom: null, target: null}))
        : state;
    const shown = withRoom(known(left, name), name, room => ({
        ...room,
        shown: true,
        unreadFrom: unread(room) > 0 && room.read > 0 ? room.read + 1 : room.unreadFrom,
    }));
    return {...shown, current: name};
}

/** The window's height is known, or another. @param {State} state @param {number} height in pixels @returns {State} */
export function sized(state, height) {
    const most = mostMessages(height);
    return most === state.most ? state : {...state, most};
}

/** A room of which nothing is known yet. @param {State} state @param {string} name @returns {State} */
export function known(state, name) {
    return state.rooms.has(name) ? state : {...state, rooms: new Map(state.rooms).set(name, emptyRoom(name))};
}

/** The user leaves a room for good. @param {State} state @param {string} name @returns {State} */
export function forgotten(state, name) {
    const rooms = new Map(state.rooms);
    return rooms.delete(name) ? {...state, rooms} : state;
}

/** The join about to be sent asks to go on where the room stands. @param {State} state @param {string} name @param {boolean} resuming */
export function joining(state, name, resuming) {
    return withRoom(state, name, room => ({...room, resuming, live: false}));
}

/** How far the user had read, from the list of rooms. @param {State} state @param {string} name @param {number} read */
export function readKnown(state, name, read) {
    return withRoom(state, name, room => {
        if (room.readKnown) {
            return room;
        }
        const marked = {...readUpTo(room, read), readKnown: true};
        return {...marked, unreadFrom: unread(marked) > 0 && read > 0 ? read + 1 : null};
    });
}

/** Whether the user has the newest before their eyes. @param {State} state @param {string} name @param {boolean} attending */
export function attended(state, name, attending) {
    return withRoom(state, name, room => (room.attending === attending ? room : {...room, attending}));
}

/** @param {State} state @param {string} name @param {number} seq @returns {State} */
export function read(state, name, seq) {
    return withRoom(state, name, room => (seq <= room.read ? room : readUpTo(room, seq)));
}

/** @param {State} state @param {string} name @param {readonly Message[]} page @returns {State} */
export function earlier(state, name, page) {
    return withRoom(state, name, room => prepend(room, page, state.most));
}

/** @param {State} state @param {string} name @param {readonly Message[]} page @returns {State} */
export function later(state, name, page) {
    return withRoom(state, name, room => append(room, page, state.most));
}

/**
 * Shows another part of the conversation.
 *
 * @param {State} state @param {string} name @param {readonly Message[]} page @param {number} target the message to show
 * @returns {State}
 */
export function jumped(state, name, page, target) {
    return withRoom(state, name, room => ({
        ...room,
        messages: page,
        atStart: page.length === 0 || page[0].seq === 1,
        atEnd: (page.at(-1)?.seq ?? 0) >= room.seq,
        attending: false,
        target,
    }));
}

/** The address names a message that is shown already. @param {State} state @param {string} name @param {number} target */
export function targeted(state, name, target) {
    return withRoom(state, name, room => ({...room, target}));
}

/** @param {State} state @param {string} name @param {readonly import('./state.js').User[]} users @returns {State} */
export function membersListed(state, name, users) {
    return withRoom(state, name, room => ({...room, members: new Map(users.map(user => [user.id, user]))}));
}

/** The user sends a message. @param {State} state @param {import('./state.js').Pending} pending @returns {State} */
export function sending(state, pending) {
    const cleared = withRoom(state, pending.room, room => ({...room, unreadFrom: null}));
    return {...cleared, pending: [...cleared.pending, pending]};
}

/** What another tab left unsent. @param {State} state @param {readonly import('./state.js').Pending[]} left @returns {State} */
export function taken(state, left) {
    const known = new Set(state.pending.map(one => one.id));
    return {...state, pending: [...state.pending, ...left.filter(one => !known.has(one.id))]};
}

/** @param {State} state @param {string} id @returns {State} */
export function retried(state, id) {
    return changePending(state, id, {state: 'sending', problem: null});
}

/** @param {State} state @param {string} id @returns {State} */
export function discarded(state, id) {
    return {...state, pending: state.pending.filter(one => one.id !== id)};
}

/** Nobody types for ever. @param {State} state @param {number} now milliseconds since 1970 @returns {State} */
export function typingEnded(state, now) {
    let after = state;
    for (const [name, room] of state.rooms) {
        const typing = [...room.typing].filter(([, one]) => one.until > now);
        if (typing.length !== room.typing.size) {
            after = withRoom(after, name, old => ({...old, typing: new Map(typing)}));
        }
    }
    return after;
}
