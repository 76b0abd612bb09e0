// @ts-check
/** The page: draws what the store holds, and hands on what the user does. */
import {html, nothing, render} from '../lit-html/lit-html.js';
import {plain} from '../markdown/render.js';
import {mentioned, askPermission, permission, title} from '../notices.js';
import {parse, path, route} from '../router.js';
import {Session} from '../session.js';
import {kept, tab} from '../storage.js';
import {initial, unread} from '../store/state.js';
import {Store} from '../store/store.js';
import {loadLanguage, t} from '../text/i18n.js';
import {mentions} from '../text/mentions.js';
import {arrival} from './arrival.js';
import {Composer} from './composer.js';
import {banner, confirmDelete, typingLine} from './fragments.js';
import {header} from './header.js';
import {icon} from './icons.js';
import {membersView} from './members.js';
import {Quotes} from './quotes.js';
import {roomsView} from './rooms.js';
import {Scroll} from './scroll.js';
import {settings} from './settings.js';
import {options, switcher} from './switcher.js';
import {timeline} from './timeline.js';
import {walk} from './walk.js';

/** @typedef {import('../store/state.js').Message} Message */

const WIDE = 1100;

export class App {
    store = new Store(initial);
    /** @type {any[]} */
    #listed = [];
    #problem = /** @type {string | null} */ (null);
    #busy = false;
    #toast = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #toastTimer;
    #roomsOpen = false;
    #membersOpen = innerWidth >= WIDE;
    #editingTopic = false;
    #switcher = {open: false, typed: '', chosen: 0};
    #settingsOpen = false;
    #deleting = /** @type {Message | null} */ (null);
    #drawing = false;
    #shownTarget = '';
    #place = parse(location.pathname);

    /** @param {HTMLElement} root */
    constructor(root) {
        this.root = root;
        this.session = new Session(this.store, {
            refused: detail => this.#refused(detail),
            message: (frame, isNew) => this.#told(frame, isNew),
            listed: rooms => {
                this.#listed = rooms;
                this.draw();
            },
            failed: sentence => this.say(sentence || t('failed')),
        });
        this.quotes = new Quotes(this.session.api, this.store, () => this.draw());
        this.scroll = new Scroll({
            moved: () => this.#attend(),
            needEarlier: () => this.#current()?.live && this.session.earlier(this.#room()),
            needLater: () => this.#current()?.live && this.session.later(this.#room()),
        });
        this.composer = new Composer({
            say: (text, replyTo) => {
                this.scroll.toBottom();
                this.session.say(this.#room(), text, replyTo);
            },
            edit: (message, text) => this.session.edit(message.room, message.seq, text)
                .catch(e => this.#failed(e)),
            typing: () => this.session.typing(this.#room()),
            lastOwn: () => this.#current()?.messages.findLast(one => one.author.id === this.store.state.me?.id && !one.deleted) ?? null,
            names: () => this.#names(),
            changed: () => this.draw(),
            draft: {
                get: room => tab.get(`draft.${room}`) ?? '',
                set: (room, text) => tab.set(`draft.${room}`, text === '' ? null : text),
            },
        });
        this.navigate = route(place => this.#go(place));
    }

    start() {
        this.root.replaceChildren();
        this.store.listen((state, before) => {
            const room = state.current;
            if (room && state.rooms[room]?.messages !== before.rooms[room]?.messages) {
                this.scroll.remember();
            }
            this.draw();
        });
        document.addEventListener('visibilitychange', () => this.#attend());
        window.addEventListener('focus', () => this.#attend());
        window.addEventListener('blur', () => this.#attend());
        document.addEventListener('keydown', event => {
            if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && this.store.state.me) {
                event.preventDefault();
                this.#openSwitcher();
            }
        });
        document.addEventListener('pointerdown', event => {
            if (event.target instanceof Element && !event.target.closest('.composer')) {
                this.composer.fold();
            }
        });
        // Another tab became somebody else, or nobody.
        window.addEventListener('storage', event => {
            if (event.key === 'parley.token' && event.newValue !== event.oldValue && this.store.state.me) {
                location.reload();
            }
        });
        if (this.session.known) {
            const room = this.#place.room ?? kept.rooms()[0] ?? 'lobby';
            history.replaceState(null, '', path(room, this.#place.room ? this.#place.seq : null));
            this.#go({room, seq: this.#place.seq});
            this.session.start(null);
        }
        this.draw();
    }

    #room() {
        return /** @type {string} */ (this.store.state.current);
    }

    #current() {
        const {state} = this.store;
        return state.current === null ? undefined : state.rooms[state.current];
    }

    /** People that can be mentioned: who is here, and who has spoken. */
    #names() {
        const room = this.#current();
        const users = [...Object.values(room?.members ?? {}), ...(room?.messages ?? []).map(message => message.author)];
        return [...new Set(users.map(user => user.name))].sort((a, b) => a.localeCompare(b));
    }

    /** @param {{room: string | null, seq: number | null}} place */
    #go(place) {
        this.#place = place;
        this.#roomsOpen = false;
        this.#editingTopic = false;
        if (place.room !== null && (this.session.known || this.store.state.me)) {
            if (place.room !== this.store.state.current || place.seq === null) {
                this.scroll.toBottom();
            }
            this.session.enter(place.room);
            if (place.seq === null && this.#current()?.atEnd === false) {
                this.session.newest(place.room);
            }
            this.#shownTarget = '';
            if (place.seq !== null && this.#current()?.live) {
                this.#showTarget();
            }
        }
        this.draw();
        if (this.store.state.me && matchMedia('(hover: hover)').matches) {
            this.composer.focus();
        }
    }

    /** The address names a message: it is shown once the room is there. */
    async #showTarget() {
        const {room, seq} = this.#place;
        const key = `${room}/${seq}`;
        if (room === null || seq === null || key === this.#shownTarget) {
            return;
        }
        this.#shownTarget = key;
        await this.session.show(room, seq);
        await this.#draw();
        const element = document.getElementById(`m${seq}`);
        if (element) {
            this.scroll.show(element);
            element.focus({preventScroll: true});
        } else {
            this.say(t('message.missing'));
        }
    }

    /** @param {string} name @param {string} room */
    #enter(name, room) {
        this.#problem = null;
        this.#busy = true;
        if (this.#place.room === null) {
            history.pushState(null, '', path(room));
            this.#place = {room, seq: null};
        }
        this.session.enter(room);
        this.session.start(name);
        this.draw();
    }

    /** @param {string} detail */
    #refused(detail) {
        this.#busy = false;
        this.#problem = detail || t('arrive.again');
        this.store.apply(state => ({...state, me: null}));
        this.draw();
    }

    /** @param {any} message @param {boolean} isNew */
    #told(message, isNew) {
        const {me, current, rooms} = this.store.state;
        if (!isNew || message.author.id === me?.id || message.deleted) {
            return;
        }
        const room = rooms[message.room];
        if (message.room === current && room?.live) {
            this.#announce(`${message.author.name}: ${plain(message.text)}`);
        }
        if (me && mentions(message.text, me.name) && !room?.attending) {
            mentioned(message, this.navigate);
        }
    }

    /** @param {string} text read out by screen readers */
    #announce(text) {
        const announcer = document.getElementById('announcer');
        if (announcer) {
            announcer.textContent = text;
        }
    }

    /** @param {string} sentence */
    say(sentence) {
        this.#toast = sentence;
        clearTimeout(this.#toastTimer);
        this.#toastTimer = setTimeout(() => {
            this.#toast = '';
            this.draw();
        }, 6_000);
        this.draw();
    }

    #failed(/** @type {Error} */ e) {
        this.say(e.message || t('failed'));
        throw e;
    }

    /** The user has the newest before their eyes when the page is in front and at the end. */
    #attend() {
        const room = this.#current();
        if (room && this.store.state.me) {
            this.session.attend(room.name, !document.hidden && document.hasFocus() && this.scroll.atBottom && room.atEnd && room.live);
        }
        this.draw();
    }

    #openSwitcher() {
        this.composer.fold();
        this.#switcher = {open: true, typed: '', chosen: 0};
        this.session.listRooms();
        this.draw();
    }

    /** @param {'reply' | 'edit' | 'delete' | 'link'} action @param {Message} message */
    #act(action, message) {
        switch (action) {
            case 'reply':
                this.composer.reply(message);
                break;
            case 'edit':
                this.composer.edit(message);
                break;
            case 'delete':
                this.#deleting = message;
                this.draw();
                break;
            case 'link':
                navigator.clipboard?.writeText(new URL(path(message.room, message.seq), location.href).href)
                    .then(() => this.say(t('message.linked')), () => this.navigate(message.room, message.seq));
                break;
        }
    }

    /** Draws soon; many changes are drawn once. */
    draw() {
        if (!this.#drawing) {
            this.#drawing = true;
            // A page in the background gets no frames, but its title should still count.
            if (document.hidden) {
                setTimeout(() => this.#draw(), 50);
            } else {
                requestAnimationFrame(() => this.#draw());
            }
        }
    }

    async #draw() {
        this.#drawing = false;
        const {state} = this.store;
        const room = this.#current();
        document.title = title(state);
        document.body.dataset.connection = state.connection;
        const talking = room !== undefined && (state.me !== null || (this.session.known && this.#problem === null));
        this.root.dataset.view = talking ? 'talk' : 'arrival';
        render(talking ? this.#talk(room) : this.#arrive(), this.root);
        if (talking) {
            this.#after(room);
        }
        this.#dialog('switcher', this.#switcher.open);
        this.#dialog('settings', this.#settingsOpen);
        this.#dialog('confirm-delete', this.#deleting !== null);
    }

    /** @param {import('../store/state.js').Room} room */
    #after(room) {
        this.#busy = false;
        this.scroll.attach(document.getElementById('timeline'));
        this.scroll.restore();
        this.composer.shown(room.name);
        if (room.live && this.#place.room === room.name) {
            this.#showTarget();
        }
        const attending = !document.hidden && document.hasFocus() && this.scroll.atBottom && room.atEnd && room.live;
        if (attending !== room.attending || (attending && unread(room) > 0)) {
            this.session.attend(room.name, attending);
        }
    }

    /** @param {string} id @param {boolean} open */
    #dialog(id, open) {
        const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(id));
        if (dialog && open && !dialog.open) {
            dialog.showModal();
        } else if (dialog?.open && !open) {
            dialog.close();
        }
    }

    #arrive() {
        return arrival({
            room: this.#place.room,
            name: kept.get('name') ?? '',
            problem: this.#problem,
            busy: this.#busy,
            enter: (name, room) => this.#enter(name, room),
            wrong: problem => {
                this.#problem = problem;
                this.draw();
            },
        });
    }

    /** @param {import('../store/state.js').Room} room */
    #talk(room) {
        const {state} = this.store;
        const names = this.#names();
        const newer = room.seq - room.read;
        return html`
            <a class="skip" href="#composer" @click=${(/** @type {Event} */ event) => {
                event.preventDefault();
                this.composer.focus();
            }}>${t('skip')}</a>
            <div class="layout ${this.#membersOpen ? 'with-members' : ''}">
                ${roomsView({
                    state, listed: this.#listed, order: kept.rooms(), open: this.#roomsOpen,
                    close: () => this.#set(() => (this.#roomsOpen = false)),
                    openSwitcher: () => this.#openSwitcher(),
                    openSettings: () => this.#set(() => (this.#settingsOpen = true)),
                    leave: name => this.session.leave(name),
                })}
                ${this.#roomsOpen ? html`<div class="shade" @click=${() => this.#set(() => (this.#roomsOpen = false))}></div>` : nothing}
                <main class="room-view">
                    ${header({
                        room, editing: this.#editingTopic, membersOpen: this.#membersOpen,
                        edit: editing => {
                            this.#set(() => (this.#editingTopic = editing));
                            requestAnimationFrame(() => document.getElementById('topic')?.focus());
                        },
                        save: topic => this.session.setTopic(room.name, topic)
                            .then(() => this.#set(() => (this.#editingTopic = false)), e => this.say(e.message || t('failed'))),
                        toggleMembers: () => this.#set(() => (this.#membersOpen = !this.#membersOpen)),
                        openRooms: () => {
                            this.#set(() => (this.#roomsOpen = true));
                            requestAnimationFrame(() => /** @type {HTMLElement} */ (document.querySelector('.rooms .find'))?.focus());
                        },
                        unreadElsewhere: Object.values(state.rooms).some(one => one !== room && unread(one) > 0),
                    })}
                    ${banner(state, () => this.session.connection.again())}
                    <div class="timeline" id="timeline" data-testid="timeline" role="log" aria-live="off" tabindex="0"
                        aria-label=${t('timeline', {room: room.name})} data-at-end=${room.atEnd} @keydown=${walk}><div class="content">${timeline({
                            state, room, names,
                            quoted: (name, seq) => this.quotes.get(name, seq),
                            quotes: this.quotes.version,
                            act: (action, message) => this.#act(action, message),
                            retry: id => this.session.retry(id),
                            discard: id => this.session.discard(id),
                        })}</div></div>
                    <div class="foot">
                        ${this.scroll.atBottom && room.atEnd ? nothing : html`<button class="newest" data-testid="jump-newest" @click=${() => {
                            this.scroll.toBottom();
                            if (!room.atEnd) {
                                this.session.newest(room.name);
                            }
                            this.#attend();
                        }}>${icon('down')} ${newer > 0 && room.unreadFrom !== null ? t('timeline.newest.count', {n: newer}) : t('timeline.newest')}</button>`}
                        ${this.composer.view(room.name)}
                        ${typingLine(room)}
                    </div>
                </main>
                ${this.#membersOpen ? membersView({room, me: state.me, close: () => this.#set(() => (this.#membersOpen = false))}) : nothing}
            </div>
            ${this.#dialogs()}
            <div class="toasts" role="alert">${this.#toast === '' ? nothing : html`<p class="toast" data-testid="toast">${this.#toast}</p>`}</div>`;
    }

    #dialogs() {
        const list = options(this.#switcher.typed, this.store.state, this.#listed);
        const close = () => this.#set(() => (this.#switcher = {open: false, typed: '', chosen: 0}));
        return html`
            ${switcher({
                ...this.#switcher, list, close,
                type: typed => this.#set(() => (this.#switcher = {open: true, typed, chosen: 0})),
                choose: chosen => this.#set(() => (this.#switcher = {...this.#switcher, chosen})),
                go: room => {
                    close();
                    this.navigate(room);
                },
            })}
            <div @close=${{handleEvent: () => this.#set(() => (this.#settingsOpen = false)), capture: true}}>${settings({
                permission: permission(),
                setLanguage: code => {
                    kept.set('language', code);
                    loadLanguage().then(() => this.draw());
                },
                changed: () => this.draw(),
                ask: () => askPermission().then(() => this.draw()),
                forget: () => {
                    this.session.forget();
                    location.assign('/');
                },
            })}</div>
            ${confirmDelete({
                close: () => this.#set(() => (this.#deleting = null)),
                confirm: () => {
                    const message = this.#deleting;
                    this.#set(() => (this.#deleting = null));
                    if (message) {
                        this.session.remove(message.room, message.seq).catch(e => this.say(e.message || t('failed')));
                    }
                },
            })}`;
    }

    /** @param {() => void} change */
    #set(change) {
        change();
        this.draw();
    }
}
