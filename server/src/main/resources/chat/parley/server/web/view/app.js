// @ts-check
/** The page: draws what the store holds, and hands on what the user does. */
import {copy} from '../clipboard.js';
import {render} from '../lit-html/lit-html.js';
import {followNotices, title} from '../notices.js';
import {parse, path, route} from '../router.js';
import {Session} from '../session.js';
import {begun, drafts, kept} from '../storage.js';
import {initial, lastOf, people} from '../store/state.js';
import {Store} from '../store/store.js';
import {t} from '../text/i18n.js';
import {Arrival} from './arrival.js';
import {Attention} from './attention.js';
import {Composer} from './composer.js';
import {Dialogs} from './dialogs.js';
import {Drawers} from './drawers.js';
import {onMidnight} from './midnight.js';
import {followPage} from './page-events.js';
import {Quotes} from './quotes.js';
import {Scroll} from './scroll.js';
import {firstPanes, talk} from './talk.js';
import {Target} from './target.js';
import {Toast} from './toast.js';
import {Update} from './update.js';

/** @typedef {import('../store/state.js').Message} Message @typedef {import('../store/state.js').Room} Room */

export class App {
    store = new Store(initial);
    toast = new Toast(() => this.draw());
    arrival = new Arrival({enter: (name, room) => this.#enter(name, room), changed: () => this.draw()});
    /** @type {readonly import('../net/api.js').ListedRoom[]} */
    #listed = [];
    #panes = firstPanes();
    #drawing = false;
    /** @type {readonly Message[] | undefined} */
    #drawnMessages;
    #place = parse(location.pathname);

    /** @param {HTMLElement} root */
    constructor(root) {
        this.root = root;
        this.session = new Session(this.store, {
            refused: detail => this.#refused(detail),
            message: (message, isNew) => {
                this.quotes.changed(message);
                this.attention.told(message, isNew);
            },
            listed: rooms => {
                this.#listed = rooms;
                this.draw();
            },
            failed: sentence => this.#failed(sentence),
            full: () => this.toast.say(t('unsent.full')),
        });
        this.quotes = new Quotes(this.session.api, this.store, () => this.draw());
        this.scroll = new Scroll({
            moved: () => {
                this.attention.changed();
                this.draw();
            },
            needEarlier: () => this.#isWhole() && this.session.pages.earlier(this.#room()),
            needLater: () => this.#isWhole() && this.session.pages.later(this.#room()),
        });
        this.dialogs = new Dialogs({
            changed: () => this.draw(),
            go: room => this.navigate(room),
            find: part => this.session.api.find(part),
            remove: message => this.session.remove(message.room, message.seq).catch(e => this.#failed(e.message)),
            forget: () => {
                this.session.forget();
                location.assign('/');
            },
        });
        this.drawers = new Drawers({close: drawer => this.#set({[drawer]: false})});
        this.composer = this.#makeComposer();
        this.update = new Update(this.store, {
            changed: () => this.draw(),
            reload: () => (this.composer.keep() ? location.reload() : this.toast.say(t('update.unkept'))),
        });
        this.navigate = route(place => this.#go(place));
        this.target = new Target(this.session.pages, this.scroll, {
            place: () => this.#place,
            draw: () => this.#draw(),
            missing: () => this.toast.say(t('message.missing')),
        });
        this.attention = new Attention(this.store, this.session, this.scroll);
    }

    #makeComposer() {
        return new Composer({
            say: (text, replyTo) => {
                this.scroll.toBottom();
                this.session.say(this.#room(), text, replyTo);
            },
            edit: (message, text) => this.session.edit(message.room, message.seq, text).catch(e => {
                this.#failed(e.message);
                throw e;
            }),
            typing: () => this.session.typing(this.#room()),
            lastOwn: () => lastOf(this.#current(), this.store.state.me),
            names: () => people(this.#current()),
            changed: () => this.draw(),
            draft: drafts,
            begun,
        });
    }

    start() {
        this.root.replaceChildren();
        this.store.listen(() => this.draw());
        this.attention.start();
        onMidnight(() => this.draw());
        followNotices(this.navigate);
        followPage(this.session, this.composer, () => this.#openSwitcher());
        if (this.session.known) {
            const room = this.#place.room ?? kept.get('room') ?? kept.rooms()[0] ?? 'lobby';
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
        return state.current === null ? undefined : state.rooms.get(state.current);
    }

    /** Whether all that is known of the room is drawn: while it is not, an end seems near that is not. */
    #isWhole = () => !this.#drawing && this.#current()?.live === true;

    /** @param {import('../router.js').Place} place */
    #go(place) {
        this.#place = place;
        this.#set({rooms: false, topic: false});
        if (place.room !== null && (this.session.known || this.store.state.me)) {
            if (place.room !== this.store.state.current) {
                this.scroll.change(place.room);
            } else if (place.seq === null) {
                this.scroll.toBottom();
            }
            this.session.enter(place.room);
            if (place.seq === null && this.scroll.atBottom && this.#current()?.atEnd === false) {
                this.session.newest(place.room);
            }
        }
        if (this.store.state.me) {
            this.#offerField();
        }
    }

    /** One can type at once; on a phone that would cover half of the page. */
    #offerField() {
        if (matchMedia('(hover: hover)').matches) {
            this.composer.focus();
        }
    }

    /** @param {string} name @param {string} room */
    #enter(name, room) {
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
        this.store.apply(state => ({...state, me: null}));
        this.arrival.refuse(detail);
    }

    /** @param {string} sentence the server's own, or empty where it could not be asked */
    #failed(sentence) {
        this.toast.say(sentence || t('failed'));
    }

    #openSwitcher() {
        this.composer.fold();
        this.session.listings.refresh();
        this.dialogs.openSwitcher();
    }

    /**
     * One function for all rows: each row that is drawn keeps it, and one made while drawing would keep what was drawn then.
     *
     * @param {import('./message.js').Action} action @param {Message} message
     */
    #act = (action, message) => {
        switch (action) {
            case 'reply':
                this.composer.reply(message);
                break;
            case 'edit':
                this.composer.edit(message);
                break;
            case 'delete':
                this.dialogs.askToDelete(message);
                break;
            case 'link':
                this.#copyLink(message.room, message.seq);
                break;
        }
    };

    /** @param {string} room @param {number | null} [seq] */
    #copyLink(room, seq = null) {
        const said = t(seq === null ? 'room.linked' : 'message.linked');
        // Where copying is not allowed, the link is shown as the page's address.
        copy(new URL(path(room, seq), location.href).href).then(() => this.toast.say(said), () => this.navigate(room, seq));
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

    #draw() {
        this.#drawing = false;
        const {state} = this.store;
        const room = this.#current();
        document.title = title(state);
        document.body.dataset.connection = state.connection;
        const talking = room !== undefined && (state.me !== null || (this.session.known && !this.arrival.refused));
        const view = talking ? 'talk' : 'arrival';
        const entered = this.root.dataset.view !== view;
        this.root.dataset.view = view;
        if (room?.messages !== this.#drawnMessages) {
            this.scroll.remember();
            this.#drawnMessages = room?.messages;
        }
        render(talking ? this.#talk(room) : this.arrival.view(this.#place.room, state.connection), this.root);
        if (talking) {
            this.#after(room);
            if (entered) {
                this.#offerField();
            }
        } else if (entered) {
            this.arrival.drawn();
        }
        this.dialogs.drawn();
    }

    /** @param {Room} room */
    #after(room) {
        this.arrival.done();
        this.scroll.attach(document.getElementById('timeline'));
        this.scroll.restore();
        this.composer.shown(room.name);
        this.target.show(this.#place, room);
        this.drawers.settle(this.#panes.rooms, this.#panes.members);
        this.attention.changed();
    }

    /** @param {Room} room */
    #talk(room) {
        return talk({
            state: this.store.state, room, listed: this.#listed, names: people(room), panes: this.#panes, session: this.session,
            quotes: this.quotes, update: this.update, composer: this.composer, dialogs: this.dialogs,
            toast: this.toast, atBottom: this.scroll.atBottom,
            set: change => this.#set(change),
            toNewest: () => this.#toNewest(),
            openSwitcher: () => this.#openSwitcher(),
            copyLink: () => this.#copyLink(this.#room()),
            act: this.#act,
            failed: e => this.#failed(e.message),
        });
    }

    #toNewest() {
        this.scroll.toBottom();
        if (this.#current()?.atEnd === false) {
            this.session.newest(this.#room());
        }
        this.attention.changed();
        this.draw();
    }

    /** @param {Partial<import('./talk.js').Panes>} change */
    #set(change) {
        this.#panes = {...this.#panes, ...change};
        this.draw();
    }
}
