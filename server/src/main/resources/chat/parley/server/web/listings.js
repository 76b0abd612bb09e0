// @ts-check
/** Asks for what the server lists: the rooms there are, and who is in one. */
import {ApiError, MOST_LISTED} from './net/api.js';
import * as actions from './store/actions.js';

/** @typedef {import('./net/api.js').ListedRoom} ListedRoom */

/** Rooms that others open are not told, so the list is asked for as often, in milliseconds. */
const EVERY = 60_000;
/** The list is not asked for at every glance, in milliseconds. */
const FRESH = 4_000;
/** Asking because of a frame waits for what else comes, in milliseconds. */
const SOON = 150;

export class Listings {
    #roomsAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #membersTimer;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #readTimer;

    /**
     * @param {import('./net/api.js').Api} api @param {import('./store/store.js').Store} store
     * @param {{listed: (rooms: ListedRoom[]) => void, known: (room: string) => void, failed: (sentence: string) => void}} owner
     */
    constructor(api, store, owner) {
        this.api = api;
        this.store = store;
        this.owner = owner;
        setInterval(() => this.refresh(), EVERY);
        document.addEventListener('visibilitychange', () => this.refresh());
    }

    /** Asks for the rooms when somebody looks. */
    refresh() {
        if (!document.hidden && this.store.state.connection === 'online' && Date.now() - this.#roomsAt > FRESH) {
            this.rooms();
        }
    }

    async rooms() {
        this.#roomsAt = Date.now();
        try {
            const rooms = await this.api.rooms();
            for (const {name, read} of rooms) {
                if (this.store.state.rooms.has(name)) {
                    this.#known(name, read);
                }
            }
            this.owner.listed(rooms);
            // A room that is just being joined may not be there yet, and is asked for once it is joined.
            for (const room of [...this.store.state.rooms.values()].filter(one => one.joined && !one.readKnown)) {
                // A room that is not in a list of all is new, so there is nothing to have read.
                const read = rooms.length < MOST_LISTED ? 0 : await this.#readIn(room.name);
                this.#known(room.name, read);
            }
        } catch (e) {
            if (e instanceof ApiError) {
                this.owner.failed(e.message);
            }
        }
    }

    /** @param {string} room @param {number} read */
    #known(room, read) {
        this.store.apply(actions.readKnown, room, read);
        this.owner.known(room);
    }

    /** @param {string} room */
    async #readIn(room) {
        try {
            return (await this.api.room(room)).read;
        } catch (e) {
            if (e instanceof ApiError && e.status === 404) {
                return 0;
            }
            throw e;
        }
    }

    /** A room was joined: how far it has been read stands in the list of rooms, and without that nothing in it counts as unread. */
    joined() {
        clearTimeout(this.#readTimer);
        this.#readTimer = setTimeout(() => {
            if ([...this.store.state.rooms.values()].some(room => room.joined && !room.readKnown)) {
                this.rooms();
            }
        }, SOON);
    }

    /** Presence frames tell what changes, so the list is needed once; past 100 users they tell the count alone. @param {string} name */
    members(name) {
        if (name !== this.store.state.current || !this.store.state.rooms.get(name)?.joined) {
            return;
        }
        clearTimeout(this.#membersTimer);
        this.#membersTimer = setTimeout(async () => {
            try {
                this.store.apply(actions.membersListed, name, await this.api.members(name));
            } catch {
                // It comes with the next visit.
            }
        }, SOON);
    }
}
