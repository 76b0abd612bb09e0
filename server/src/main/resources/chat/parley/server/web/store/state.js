// @ts-check
/**
 * What the client knows, as plain immutable data. Every change makes new objects along its path only, so that views can
 * compare by identity. What is kept under a name or an id that others chose is a map, in which every name is one like any other.
 *
 * @typedef {{id: string, name: string, guest: boolean}} User
 * @typedef {{room: string, seq: number, change: number, author: User, text: string, at: string, editedAt: string | null,
 *   deleted: boolean, replyTo: number | null}} Message
 * @typedef {{id: string, room: string, text: string, replyTo: number | null, at: string, state: 'sending' | 'failed',
 *   problem: string | null, seq: number | null, sure: boolean}} Pending  `seq` is where the message seems to have gone, `sure`
 *   once that is acknowledged
 * @typedef {{name: string, topic: string | null, epoch: string | null, change: number, seq: number, newest: number, online: number,
 *   read: number, readKnown: boolean, unreadFrom: number | null, mentions: number, live: boolean, shown: boolean,
 *   joined: boolean, resuming: boolean, messages: readonly Message[], atStart: boolean, atEnd: boolean, attending: boolean, target: number | null,
 *   members: ReadonlyMap<string, User>, typing: ReadonlyMap<string, {user: User, until: number}>}} Room
 * `seq` is the newest message there is, `newest` the newest that has come here.
 * @typedef {'connecting' | 'online' | 'offline'} Connection
 * @typedef {{me: User | null, connection: Connection, current: string | null,
 *   rooms: ReadonlyMap<string, Room>, pending: readonly Pending[], most: number}} State
 * `most` is how many messages of a room are kept.
 */

/** Messages kept of one room, and so the most elements on the page. Past it the side that is not looked at is dropped. */
export const MOST_MESSAGES = 300;
/** No message is lower, in pixels, with room for what is kept above and below the window. */
const LOWEST = 10;

/**
 * A very high window would hold both ends of what is kept, and each page for one end would take the other away: it gets more.
 *
 * @param {number} height of the window, in pixels
 */
export function mostMessages(height) {
    return Math.max(MOST_MESSAGES, Math.ceil(height / LOWEST));
}

/** How long somebody is shown as typing after the last sign of it, in milliseconds. */
export const TYPING_LASTS = 4_000;

/** @type {State} */
export const initial = {me: null, connection: 'connecting', current: null, rooms: new Map(), pending: [], most: MOST_MESSAGES};

/** @param {string} name @returns {Room} */
export function emptyRoom(name) {
    return {
        name, topic: null, epoch: null, change: 0, seq: 0, newest: 0, online: 0, read: 0, readKnown: false, unreadFrom: null,
        mentions: 0, live: false, shown: false, joined: false, resuming: false, messages: [], atStart: false, atEnd: true, attending: false,
        target: null, members: new Map(), typing: new Map(),
    };
}

/**
 * Changes a room that is known. One that is not stays so: what the server still says of a room that was left does not bring it back.
 *
 * @param {State} state @param {string} name @param {(room: Room) => Room} change @returns {State}
 */
export function withRoom(state, name, change) {
    const before = state.rooms.get(name);
    if (!before) {
        return state;
    }
    const after = change(before);
    return after === before ? state : {...state, rooms: new Map(state.rooms).set(name, after)};
}

/** How many messages the user has not read. @param {Room} room */
export function unread(room) {
    return room.readKnown ? Math.max(0, room.seq - room.read) : 0;
}

/** Who can be mentioned: who is here, and who has spoken. @param {Room | undefined} room */
export function people(room) {
    const users = [...(room?.members.values() ?? []), ...(room?.messages ?? []).map(message => message.author)];
    return [...new Set(users.map(user => user.name))].sort((a, b) => a.localeCompare(b));
}

/** The newest message of a user. @param {Room | undefined} room @param {User | null} user @returns {Message | null} */
export function lastOf(room, user) {
    return room?.messages.findLast(message => message.author.id === user?.id && !message.deleted) ?? null;
}
