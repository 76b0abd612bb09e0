// @ts-check
/** What opens over the page, one at a time: the switcher, the settings, the question before a message is deleted. */
import {html} from '../lit-html/lit-html.js';
import {MOST_LISTED} from '../net/api.js';
import {askPermission, permission} from '../notices.js';
import {roomName} from '../router.js';
import {kept} from '../storage.js';
import {loadLanguage} from '../text/i18n.js';
import {confirmDelete} from './fragments.js';
import {settings} from './settings.js';
import {options, switcher} from './switcher.js';

/** @typedef {import('../store/state.js').Message} Message @typedef {import('../store/state.js').State} State */
/** @typedef {import('../net/api.js').ListedRoom} ListedRoom */

/** @typedef {'switcher' | 'settings' | 'confirm-delete'} Dialog */

/** Asking while somebody types waits for a pause, in milliseconds. */
const FINDING_WAITS = 150;

/** @type {readonly Dialog[]} */
const ALL = ['switcher', 'settings', 'confirm-delete'];

/** @param {Dialog} id */
function element(id) {
    return /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
}

/** Only the browser's own call makes a dialog modal. @param {Dialog} id */
function showModal(id) {
    const dialog = element(id);
    if (dialog && !dialog.open) {
        dialog.showModal();
    }
}

export class Dialogs {
    /** @type {Dialog | null} */
    #open = null;
    #typed = '';
    /** What the server has found of what is typed. @type {readonly ListedRoom[]} */
    #found = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #finding;
    #chosen = 0;
    #deleting = /** @type {Message | null} */ (null);

    /** @param {{changed: () => void, go: (room: string) => void, find: (part: string) => Promise<ListedRoom[]>, remove: (message: Message) => void, forget: () => void}} owner */
    constructor(owner) {
        this.owner = owner;
    }

    openSwitcher() {
        this.#typed = '';
        this.#found = [];
        this.#chosen = 0;
        this.#show('switcher');
    }

    openSettings() {
        this.#show('settings');
    }

    /** Asks the server, which may have more rooms than are listed, once the typing pauses. @param {() => import('./switcher.js').Option[]} list */
    #find(list) {
        clearTimeout(this.#finding);
        const wanted = roomName(this.#typed);
        if (wanted === '') {
            return;
        }
        this.#finding = setTimeout(async () => {
            const found = await this.owner.find(wanted).catch(() => []);
            if (roomName(this.#typed) === wanted) {
                const chosen = this.#chosen > 0 ? list()[this.#chosen]?.room : undefined;
                this.#found = found;
                this.#chosen = Math.max(0, list().findIndex(option => option.room === chosen));
                this.owner.changed();
            }
        }, FINDING_WAITS);
    }

    /** @param {Message} message */
    askToDelete(message) {
        this.#deleting = message;
        this.#show('confirm-delete');
    }

    /** @param {Dialog | null} open */
    #show(open) {
        this.#open = open;
        if (open !== null) {
            showModal(open);
        }
        this.owner.changed();
    }

    /** The browser tells that one closed, but a frame later: by then it may be open again. @param {Dialog} closed */
    #closed(closed) {
        if (!element(closed)?.open) {
            this.#close(closed);
        }
    }

    /** Closes that one; another may have opened meanwhile. @param {Dialog} closed */
    #close(closed) {
        if (this.#open === closed) {
            this.#show(null);
        }
    }

    /** After the page was drawn. */
    drawn() {
        for (const id of ALL) {
            if (id === this.#open) {
                showModal(id);
            } else {
                element(id)?.close();
            }
        }
    }

    /** @param {State} state @param {readonly ListedRoom[]} listed */
    view(state, listed) {
        const {owner} = this;
        const list = () => options(this.#typed, state, [...listed, ...this.#found]);
        const go = (/** @type {string} */ room) => {
            this.#close('switcher');
            owner.go(room);
        };
        return html`
            ${switcher({
                typed: this.#typed, chosen: this.#chosen, list: this.#open === 'switcher' ? list() : [], go,
                closed: () => this.#closed('switcher'),
                type: typed => {
                    this.#typed = typed;
                    this.#chosen = 0;
                    if (listed.length >= MOST_LISTED) {
                        this.#find(list);
                    }
                    owner.changed();
                },
                choose: chosen => {
                    this.#chosen = chosen;
                    owner.changed();
                },
                move: by => {
                    const {length} = list();
                    this.#chosen = (this.#chosen + by + length) % Math.max(1, length);
                    owner.changed();
                },
                take: () => {
                    const option = list()[this.#chosen];
                    if (option) {
                        go(option.room);
                    }
                },
            })}
            ${settings({
                // The browser takes its time to say what it permits.
                permission: this.#open === 'settings' ? permission() : 'default',
                close: () => this.#close('settings'), closed: () => this.#closed('settings'), changed: owner.changed, forget: owner.forget,
                setLanguage: code => {
                    kept.set('language', code);
                    // A server of another version has no files of this page; it has a new page.
                    loadLanguage().then(owner.changed, () => state.connection === 'online' && location.reload());
                },
                ask: () => askPermission().then(owner.changed),
            })}
            ${confirmDelete({
                close: () => this.#close('confirm-delete'),
                closed: () => {
                    this.#closed('confirm-delete');
                    // Its button is hidden by now, so the browser can't bring the focus back there.
                    document.getElementById(`m${this.#deleting?.seq}`)?.focus({preventScroll: true});
                },
                confirm: () => {
                    this.#close('confirm-delete');
                    if (this.#deleting) {
                        owner.remove(this.#deleting);
                    }
                },
            })}`;
    }
}
