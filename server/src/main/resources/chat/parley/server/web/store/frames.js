// @ts-check
/** What each frame of the server changes. Pure: the same state and frame give the same state. */
import {mentions} from '../text/mentions.js';
import {TYPING_LASTS, unread, withRoom} from './state.js';
import {place} from './timeline.js';

/** @typedef {import('./state.js').State} State @typedef {import('./state.js').Room} Room @typedef {import('./state.js').User} User */
/** @typedef {import('./state.js').Message} Message @typedef {import('./state.js').Pending} Pending */

/**
 * What the server sends.
 *
 * @typedef {{type: 'welcome', user: User, token?: string, heartbeat: number}
 *   | {type: 'joined', ref?: string, room: string, epoch: string, seq: number, change: number, online: number, topic: string | null,
 *      reset: boolean}
 *   | {type: 'message'} & Message
 *   | {type: 'live', room: string, change: number}
 *   | {type: 'sent', ref?: string, room: string, seq: number, change: number, id?: string}
 *   | {type: 'presence', room: string, online: number, joined: User[], left: User[]}
 *   | {type: 'typing', room: string, user: User}
 *   | {type: 'room', room: string, topic: string | null}
 *   | {type: 'read', room: string, seq: number}
 *   | {type: 'left', ref?: string, room: string}
 *   | {type: 'pong', ref?: string}
 *   | {type: 'error', ref?: string, code: string, title: string, detail: string, field?: string, retryAfter?: number}} Frame
 */

/**
 * @param {State} state
 * @param {Frame} frame as it came
 * @param {number} now milliseconds since 1970
 * @returns {State} the same object where the frame changes nothing or its type is not known
 */
export function receive(state, frame, now) {
    const change = Object.hasOwn(changes, frame.type)
        ? /** @type {((state: State, frame: Frame, now: number) => State) | undefined} */ (changes[frame.type]) : undefined;
    return change ? change(state, frame, now) : state;
}

/** @type {{[Type in Frame['type']]?: (state: State, frame: Extract<Frame, {type: Type}>, now: number) => State}} */
const changes = {
    welcome: (state, frame) => ({...state, me: frame.user, connection: 'online'}),

    joined: (state, frame) => {
        const before = state.rooms.get(frame.room);
        const resumed = before !== undefined && before.epoch === frame.epoch && before.resuming && !frame.reset;
        const after = withRoom(state, frame.room, room => {
            const common = {
                ...room, topic: frame.topic, online: frame.online, seq: frame.seq, epoch: frame.epoch, joined: true, live: false,
                typing: new Map(),
            };
            return resumed
                ? {...common, resuming: false}
                : {...common, resuming: false, newest: frame.seq, change: 0, messages: [], atStart: frame.seq === 0, atEnd: true, target: null};
        });
        // What has been acknowledged and is older than the window comes back by paging, not as pending.
        return resumed ? after : settle(after, pending => pending.room === frame.room && pending.sure);
    },

    message: (state, frame) => {
        const own = frame.author.id === state.me?.id;
        const before = state.rooms.get(frame.room);
        if (!before) {
            return state;
        }
        const isNew = frame.seq > before.newest;
        let after = withRoom(state, frame.room, room => {
            const placed = place(room, frame, state.most);
            const moved = {
                ...placed,
                typing: isNew && placed.typing.has(frame.author.id) ? without(placed.typing, frame.author.id) : placed.typing,
                seq: Math.max(placed.seq, frame.seq),
                newest: Math.max(placed.newest, frame.seq),
                change: placed.live ? Math.max(placed.change, frame.change) : placed.change,
            };
            return isNew && !own && !frame.deleted ? noticed(moved, frame, state) : moved;
        });
        if (own) {
            after = recognise(after, frame);
        }
        return settle(after, pending => pending.room === frame.room && pending.seq === frame.seq && pending.sure);
    },

    live: (state, frame) => withRoom(state, frame.room, room => ({...room, live: true, change: frame.change})),

    sent: (state, frame) => {
        const pending = state.pending.find(one => one.id === frame.id);
        if (!pending) {
            return state;
        }
        const room = state.rooms.get(pending.room);
        const shown = !room?.joined || !room.atEnd || room.messages.some(message => message.seq === frame.seq);
        return shown
            ? settle(state, one => one.id === frame.id)
            : changePending(state, pending.id, {seq: frame.seq, sure: true, problem: null, state: 'sending'});
    },

    presence: (state, frame) => withRoom(state, frame.room, room => {
        const members = new Map(room.members);
        frame.left.forEach(user => members.delete(user.id));
        frame.joined.forEach(user => members.set(user.id, user));
        return {...room, online: frame.online, members};
    }),

    typing: (state, frame, now) =>
        frame.user.id === state.me?.id
            ? state
            : withRoom(state, frame.room, room => ({
                ...room,
                typing: new Map(room.typing).set(frame.user.id, {user: frame.user, until: now + TYPING_LASTS}),
            })),

    room: (state, frame) => withRoom(state, frame.room, room => ({...room, topic: frame.topic})),

    read: (state, frame) => withRoom(state, frame.room, room => readUpTo(room, frame.seq)),

    left: (state, frame) => withRoom(state, frame.room, room => ({...room, joined: false, live: false, members: new Map()})),

    error: (state, frame) =>
        typeof frame.ref === 'string' && frame.ref.startsWith('send:') && pause(frame) === null
            ? changePending(state, frame.ref.slice(5), {state: 'failed', problem: frame.detail, seq: null})
            : state,
};

/** What these say passes, though they may not say when. */
const PASSING = ['busy', 'unavailable'];

/**
 * After how long what was refused is to be asked again, in milliseconds; null where the answer is for good. The Java client's
 * session has the same rule.
 *
 * @param {Frame} frame @returns {number | null}
 */
export function pause(frame) {
    if (frame.type !== 'error' || (frame.retryAfter === undefined && !PASSING.includes(frame.code))) {
        return null;
    }
    return Math.max(1, frame.retryAfter ?? 1) * 1_000;
}

/** @template V @param {ReadonlyMap<string, V>} map @param {string} key @returns {Map<string, V>} */
function without(map, key) {
    const less = new Map(map);
    less.delete(key);
    return less;
}

/** A message came that the user may not have seen. @param {Room} room @param {Message} message @param {State} state */
function noticed(room, message, state) {
    if (room.attending || !room.readKnown) {
        return room;
    }
    return {
        ...room,
        unreadFrom: room.read + 1,
        mentions: room.mentions + (state.me && mentions(message.text, state.me.name) ? 1 : 0),
    };
}

/** @param {Room} room @param {number} seq @returns {Room} */
export function readUpTo(room, seq) {
    const read = Math.max(room.read, seq);
    const moved = {...room, read};
    return {...moved, mentions: unread(moved) === 0 ? 0 : room.mentions};
}

/**
 * The user's own message came before its acknowledgement: what waits with that text is not shown a second time meanwhile. It
 * is kept until it is acknowledged, because another tab may have said the same.
 *
 * @param {State} state @param {Message} message @returns {State}
 */
function recognise(state, message) {
    const waiting = state.pending.find(one =>
        one.room === message.room && one.seq === null && one.state === 'sending' && one.text === message.text);
    return waiting && !state.pending.some(one => one.seq === message.seq)
        ? changePending(state, waiting.id, {seq: message.seq})
        : state;
}

/** @param {State} state @param {string} id @param {Partial<Pending>} change @returns {State} */
export function changePending(state, id, change) {
    return {...state, pending: state.pending.map(one => (one.id === id ? {...one, ...change} : one))};
}

/** @param {State} state @param {(pending: Pending) => boolean} done @returns {State} */
function settle(state, done) {
    return state.pending.some(done) ? {...state, pending: state.pending.filter(one => !done(one))} : state;
}
