// @ts-check
/** Brings the connection and the store together: who I am, which rooms I am in, what waits to be sent. */
import {Joins} from './joins.js';
import {Listings} from './listings.js';
import {Api} from './net/api.js';
import {Connection} from './net/connection.js';
import {Outbox} from './net/outbox.js';
import {Pages} from './pages.js';
import {Reads} from './reads.js';
import {Seen} from './seen.js';
import * as actions from './store/actions.js';
import {receive} from './store/frames.js';
import {kept} from './storage.js';
import {Unsent} from './unsent.js';

/** Rooms joined at once; the others are a click away. */
const MOST_ROOMS = 50;

export class Session {
    #name = kept.get('name');
    #counter = 0;
    #typedAt = 0;

    /**
     * @param {import('./store/store.js').Store} store
     * @param {{refused: (detail: string) => void, message: (message: import('./store/state.js').Message, isNew: boolean) => void,
     *   listed: (rooms: import('./net/api.js').ListedRoom[]) => void, failed: (sentence: string) => void, full: () => void}} owner
     */
    constructor(store, owner) {
        this.store = store;
        this.owner = owner;
        this.api = new Api(() => kept.get('token'));
        this.pages = new Pages(this.api, store, owner.failed);
        this.listings = new Listings(this.api, store, {...owner, known: name => this.seen.known(name)});
        const url = new URL('/api/v1/socket', location.href);
        url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
        this.connection = new Connection(url.href, {
            hello: () => (kept.get('token') ? {token: kept.get('token')} : {name: this.#name}),
            frame: frame => this.#receive(frame),
            lost: () => this.#lost(),
            refused: detail => this.#refused(detail),
        });
        this.joins = new Joins(store, frame => this.connection.send(frame));
        this.outbox = new Outbox(frame => this.connection.send(frame));
        this.reads = new Reads(frame => this.connection.send(frame), (room, seq) => this.api.leaveRead(room, seq));
        this.seen = new Seen(store, this.reads);
        this.unsent = new Unsent({
            took: left => {
                store.apply(actions.taken, left);
                left.filter(one => one.state === 'sending').forEach(one => this.#post(one));
            },
            full: owner.full,
        });
        store.listen((state, before) => state.pending !== before.pending && this.#pendingChanged(state));
        setInterval(() => store.apply(actions.typingEnded, Date.now()), 1_000);
    }

    get known() {
        return kept.get('token') !== null;
    }

    /** Becomes a guest of that name, or comes back as the one that is kept. @param {string | null} name */
    start(name) {
        if (name !== null) {
            this.#name = name;
        } else {
            // Shown until the server answers, or while there is no network.
            this.store.apply(state => ({...state, me: kept.user()}));
            kept.rooms().forEach(room => this.store.apply(actions.known, room));
            this.unsent.begin();
        }
        this.store.apply(actions.disconnected, 'connecting');
        this.connection.open();
    }

    /** Forgets who I was, in this browser. */
    forget() {
        this.connection.stop();
        ['token', 'name', 'user', 'room', 'rooms'].forEach(key => kept.set(key, null));
        this.store.apply(state => ({...state, pending: []}));
        this.unsent.forget();
    }

    /** The page is about to begin anew for somebody else, so there is nothing to ask. */
    gone() {
        window.removeEventListener('beforeunload', askBeforeLeaving);
    }

    /** @param {import('./store/state.js').State} state */
    #pendingChanged({me, pending}) {
        this.unsent.keep((me ?? kept.user())?.id ?? null, pending);
        if (pending.some(one => one.state === 'sending' && !one.sure)) {
            window.addEventListener('beforeunload', askBeforeLeaving);
        } else {
            window.removeEventListener('beforeunload', askBeforeLeaving);
        }
    }

    /** @param {string} name */
    enter(name) {
        const room = this.store.state.rooms.get(name);
        const loaded = room?.shown && room.epoch !== null;
        this.store.apply(actions.known, name);
        this.store.apply(actions.entered, name);
        kept.set('room', name);
        // Another tab may have rooms that this one does not.
        kept.setRooms([...new Set([...kept.rooms(), name])].slice(-MOST_ROOMS));
        if (!loaded) {
            this.joins.join(name, false);
        }
        this.listings.members(name);
    }

    /** @param {string} name */
    leave(name) {
        this.connection.send({type: 'leave', room: name});
        this.store.apply(actions.forgotten, name);
        kept.setRooms(kept.rooms().filter(one => one !== name));
    }

    /** @param {string} room @param {string} text @param {number | null} replyTo */
    say(room, text, replyTo) {
        const id = crypto.randomUUID?.() ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
        /** @type {import('./store/state.js').Pending} */
        const pending = {
            id, room, text, replyTo, at: new Date().toISOString(), state: 'sending', problem: null, seq: null, sure: false,
        };
        this.store.apply(actions.sending, pending);
        this.#typedAt = 0;
        this.#post(pending);
        if (this.store.state.rooms.get(room)?.atEnd === false) {
            this.newest(room);
        }
    }

    /** @param {import('./store/state.js').Pending} pending */
    #post({id, room, text, replyTo}) {
        this.outbox.put({type: 'send', ref: `send:${id}`, id, room, text, ...(replyTo === null ? {} : {replyTo})});
    }

    /** @param {string} id */
    retry(id) {
        this.store.apply(actions.retried, id);
        const pending = this.store.state.pending.find(one => one.id === id);
        if (pending) {
            this.#post(pending);
        }
    }

    /** @param {string} id */
    discard(id) {
        const pending = this.store.state.pending.find(one => one.id === id);
        this.store.apply(actions.discarded, id);
        if (pending) {
            this.outbox.drop(pending.room, `send:${id}`);
        }
    }

    /** @param {string} room @param {number} seq @param {string} text */
    edit(room, seq, text) {
        return this.#request({type: 'edit', room, seq, text});
    }

    /** @param {string} room @param {number} seq */
    remove(room, seq) {
        return this.#request({type: 'delete', room, seq});
    }

    /** @param {string} room */
    typing(room) {
        if (Date.now() - this.#typedAt > 1_200) {
            this.#typedAt = Date.now();
            this.connection.send({type: 'typing', room});
        }
    }

    /** Whether the user has the newest of that room before their eyes. @param {string} name @param {boolean} attending */
    attend(name, attending) {
        this.store.apply(actions.attended, name, attending);
        const room = this.store.state.rooms.get(name);
        if (attending && room?.live && room.atEnd) {
            this.seen.upTo(name, room.seq);
        }
    }

    /** Shows the newest part of the room. @param {string} name */
    newest(name) {
        this.joins.join(name, false);
    }

    /** @param {string} room @param {string} topic */
    async setTopic(room, topic) {
        await this.api.setTopic(room, topic);
    }

    /** @param {import('./net/connection.js').Frame & {room: string}} frame @returns {Promise<void>} */
    #request(frame) {
        return new Promise((resolve, reject) => {
            if (this.store.state.connection !== 'online') {
                reject(new Error(''));
                return;
            }
            this.outbox.put({...frame, ref: `ask:${++this.#counter}`}, answer => {
                if (answer === null || answer.type === 'error') {
                    reject(new Error(answer?.detail ?? ''));
                } else {
                    resolve();
                }
            });
        });
    }

    /** @param {import('./store/frames.js').Frame} frame */
    #receive(frame) {
        const ref = String('ref' in frame ? frame.ref : '');
        const isNew = frame.type === 'message' && frame.seq > (this.store.state.rooms.get(frame.room)?.newest ?? 0);
        if (frame.type === 'welcome') {
            kept.set('name', frame.user.name);
            kept.setUser(frame.user);
            if (frame.token) {
                kept.set('token', frame.token);
            }
        }
        this.store.apply(receive, frame, Date.now());
        if (this.outbox.answer(frame) || this.reads.answer(frame)) {
            return;
        }
        switch (frame.type) {
            case 'welcome':
                this.#welcomed();
                break;
            case 'message':
                if (isNew && frame.author.id === this.store.state.me?.id) {
                    this.seen.said(frame);
                }
                this.pages.heard(frame);
                this.owner.message(frame, isNew);
                break;
            case 'joined':
                this.joins.joined(ref);
                this.listings.joined();
                this.listings.members(frame.room);
                break;
            case 'presence':
                if (frame.joined.length + frame.left.length === 0) {
                    this.listings.members(frame.room);
                }
                break;
            case 'error':
                // Who is not joined has left, or been faster than the server.
                if (!this.joins.refused(frame, ref) && !ref.startsWith('send:') && frame.code !== 'not_joined') {
                    this.owner.failed(frame.detail);
                }
                break;
        }
    }

    #welcomed() {
        const rooms = new Set([this.store.state.current, ...kept.rooms().slice(0, MOST_ROOMS)].filter(room => room !== null));
        rooms.forEach(name => {
            this.store.apply(actions.known, name);
            this.joins.join(/** @type {string} */ (name), true);
        });
        this.outbox.opened();
        this.reads.opened();
        this.unsent.begin();
        this.listings.rooms();
    }

    #lost() {
        this.store.apply(actions.disconnected, 'offline');
        this.joins.lost();
        this.outbox.lost();
        this.reads.lost();
    }

    /** @param {string} detail */
    #refused(detail) {
        kept.set('token', null);
        this.store.apply(actions.disconnected, 'connecting');
        this.owner.refused(detail);
    }
}

/** @param {BeforeUnloadEvent} event */
function askBeforeLeaving(event) {
    event.preventDefault();
}
