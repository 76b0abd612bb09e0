// @ts-check
/**
 * What waits to be sent, kept for the user and not for the tab: when a tab is gone, another one of the browser, or the next,
 * goes on with it. Each message lies under a key of its own that names its tab, so that tabs never write over each other. A tab
 * holds a lock (Web Locks) for as long as it lives; who is given a foreign tab's lock knows that it is gone. Browsers have no
 * locks where the page is not secure (plain `http`): there, a new tab sends what it finds as well. A message keeps its id, so it
 * is stored once however many send it.
 */
import {browser, kept} from './storage.js';

/** @typedef {import('./store/state.js').Pending} Pending @typedef {{user: string | null, order: number, pending: Pending}} Kept */

const PREFIX = 'unsent.';

export class Unsent {
    #tab = Math.random().toString(36).slice(2);
    #begun = false;
    #order = 0;
    #full = false;
    /** What this tab keeps, by the message's id. @type {Map<string, {order: number, pending: Pending}>} */
    #kept = new Map();
    /** Tabs whose end is waited for. @type {Set<string>} */
    #watched = new Set();

    /**
     * @param {{took: (pending: Pending[]) => void, full: () => void}} owner `took` gets what another tab left; `full` hears once
     *   that something is not kept
     */
    constructor(owner) {
        this.owner = owner;
    }

    /** From now on this tab takes over what others leave. Called once it is known who the user is; again is nothing. */
    begin() {
        if (this.#begun) {
            return;
        }
        this.#begun = true;
        navigator.locks?.request(`parley.tab.${this.#tab}`, () => new Promise(() => {})).catch(() => {});
        browser.keys(PREFIX).forEach(key => this.#found(key));
        window.addEventListener('storage', event => {
            if (event.newValue !== null && event.key?.startsWith(`parley.${PREFIX}`)) {
                this.#found(event.key.slice('parley.'.length));
            }
        });
    }

    /** Keeps these, and none else. @param {string | null} user their author's id @param {readonly Pending[]} pending */
    keep(user, pending) {
        const ids = new Set(pending.map(one => one.id));
        for (const id of this.#kept.keys()) {
            if (!ids.has(id)) {
                this.#kept.delete(id);
                browser.set(this.#key(id), null);
            }
        }
        let whole = true;
        for (const one of pending) {
            const before = this.#kept.get(one.id);
            if (before?.pending !== one) {
                const order = before?.order ?? (this.#order = Math.max(this.#order + 1, Date.now()));
                this.#kept.set(one.id, {order, pending: one});
                whole = browser.set(this.#key(one.id), JSON.stringify({user, order, pending: one})) && whole;
            }
        }
        if (!whole && !this.#full) {
            this.owner.full();
        }
        this.#full = !whole;
    }

    /** Forgets all that any tab of this browser keeps. */
    forget() {
        this.#kept.clear();
        browser.keys(PREFIX).forEach(key => browser.set(key, null));
    }

    /** @param {string} id */
    #key(id) {
        return `${PREFIX}${this.#tab}.${id}`;
    }

    /** @param {string} key */
    #found(key) {
        const tab = key.split('.')[1];
        if (tab === this.#tab || this.#watched.has(tab)) {
            return;
        }
        if (!navigator.locks) {
            this.#take(tab);
            return;
        }
        this.#watched.add(tab);
        navigator.locks.request(`parley.tab.${tab}`, () => {
            this.#watched.delete(tab);
            this.#take(tab);
        }).catch(() => this.#watched.delete(tab));
    }

    /** @param {string} tab one that is gone */
    #take(tab) {
        const user = kept.user()?.id ?? null;
        const found = browser.keys(`${PREFIX}${tab}.`).flatMap(key => {
            const one = /** @type {Kept | null} */ (browser.json(key));
            browser.set(key, null);
            return one?.pending?.id ? [one] : [];
        });
        if (found.length > 0) {
            // What somebody else wrote in this browser is not said in this user's name unless they want it.
            this.owner.took(found.sort((a, b) => a.order - b.order).map(one =>
                (one.user === user ? one.pending : {...one.pending, state: 'failed', problem: null})));
        }
    }
}
