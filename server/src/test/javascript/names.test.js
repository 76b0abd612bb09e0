// @ts-check
/** Names and ids that mean something to the language itself are like any others. */
import {given} from './given.js';

/** What every object inherits, and what looks like a place in a list. */
const NAMES = ['constructor', '__proto__', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__defineGetter__',
    'toLocaleString', 'length', '0', '1'];

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {initial, people, unread} = await import(`${base}store/state.js`);
    const actions = await import(`${base}store/actions.js`);
    const {options} = await import(`${base}view/switcher.js`);
    const {replaceShortcodes, search} = await import(`${base}markdown/emoji.js`);
    const {title} = await import(`${base}notices.js`);
    const {NOW, after, equal, joined, live, me, message, welcome} = await given(base);
    const users = NAMES.map(name => ({id: name, name, guest: true}));
    const online = after(initial, welcome);

    return {
        aRoomNobodyIsInIsNotKnownWhateverItsName() {
            for (const room of NAMES) {
                const state = after(online, message(1, {room}), {type: 'read', room, seq: 1}, {type: 'typing', room, user: users[0]},
                    {type: 'presence', room, online: 1, joined: users, left: []}, {type: 'room', room, topic: 'x'});
                equal([room, state.rooms.size], [room, 0]);
            }
        },
        aRoomIsJoinedReadAndLeftWhateverItsName() {
            for (const room of NAMES) {
                let state = actions.readKnown(after(actions.entered(online, room), joined(0, {room}), live(0)), room, 0);
                state = after(actions.entered(state, 'elsewhere'), {...live(0), room}, message(1, {room}), message(2, {room}));
                equal([room, [...state.rooms.keys()], unread(state.rooms.get(room)), title(state)],
                    [room, [room, 'elsewhere'], 2, '(2) #elsewhere · Parley']);
                equal(options('', state, []).map((/** @type {any} */ one) => one.room), [room]);
                equal([...after(actions.forgotten(state, room), {type: 'left', room}).rooms.keys()], ['elsewhere']);
            }
        },
        anyRoomCanBeFoundAndCreated() {
            const listed = NAMES.map(name => ({name, topic: null, seq: 1, change: 1, online: 0, read: 0, unread: 1}));
            for (const room of NAMES.filter(name => /^[a-z0-9]+$/.test(name))) {
                equal(options(room, online, []), [{room, isNew: true, soft: ''}]);
                equal(options(room, online, listed)[0], {room, isNew: false, soft: ''});
            }
        },
        peopleComeTypeAndGoWhateverTheirIdsAndNames() {
            let state = after(actions.entered(online, '4'), joined(0), live(0),
                {type: 'presence', room: '4', online: NAMES.length, joined: users, left: []},
                ...users.map(user => ({type: 'typing', room: '4', user})));
            equal([...state.rooms.get('4').members.values()], users);
            equal([...state.rooms.get('4').typing.keys()], NAMES);
            equal(people(state.rooms.get('4')).length, NAMES.length);
            state = after(state, ...users.map((author, index) => message(index + 1, {author})));
            equal(state.rooms.get('4').typing.size, 0);
            equal(actions.typingEnded(state, NOW + 10_000).rooms.get('4').typing.size, 0);
            state = after(state, {type: 'presence', room: '4', online: 0, joined: [], left: users});
            equal(state.rooms.get('4').members.size, 0);
            equal(actions.membersListed(state, '4', users).rooms.get('4').members.size, NAMES.length);
        },
        whatIsSaidUnderAnyIdIsAcknowledged() {
            const state = after(actions.entered(online, '4'), joined(0), live(0));
            for (const id of NAMES) {
                const pending = {id, room: '4', text: id, replyTo: null, at: '2026-11-22T12:00:00.000Z', state: 'sending', problem: null,
                    seq: null, sure: false};
                const said = after(actions.sending(state, pending), {type: 'sent', room: '4', seq: 1, change: 1, id});
                equal(said.pending.map((/** @type {any} */ one) => one.sure), [true]);
                equal(after(said, message(1, {author: me, text: id})).pending, []);
            }
        },
        aFrameOfAnyTypeChangesNothingWhereItIsNotKnown() {
            for (const type of NAMES) {
                equal(after(online, {type, room: '4'}) === online, true);
            }
        },
        onlyEmojiAreEmoji() {
            for (const name of NAMES) {
                equal(replaceShortcodes(`:${name}:`), `:${name}:`);
                equal(search(name, 5).filter((/** @type {any} */ one) => typeof one.emoji !== 'string'), []);
            }
        },
    };
}
