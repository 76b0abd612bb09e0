// @ts-check
/** Whether the user has the newest before their eyes; and if not, how they are told of what comes. */
import {plain} from '../markdown/render.js';
import {Notices} from '../notices.js';
import {unread} from '../store/state.js';
import {mentions} from '../text/mentions.js';
import {Announcer} from './announcer.js';

/** @typedef {import('../store/state.js').Room} Room */

export class Attention {
    /**
     * @param {import('../store/store.js').Store} store @param {import('../session.js').Session} session
     * @param {import('./scroll.js').Scroll} scroll
     */
    constructor(store, session, scroll) {
        this.store = store;
        this.session = session;
        this.scroll = scroll;
        this.notices = new Notices(store);
        this.announcer = new Announcer();
    }

    start() {
        document.addEventListener('visibilitychange', () => this.changed());
        window.addEventListener('focus', () => this.changed());
        window.addEventListener('blur', () => this.changed());
    }

    /** The page came to the front or left it, or its conversation moved or was drawn anew. */
    changed() {
        const {me, current, rooms} = this.store.state;
        const room = current === null ? undefined : rooms.get(current);
        if (room && me) {
            const attending = this.#attending(room);
            if (attending !== room.attending || (attending && unread(room) > 0)) {
                this.session.attend(room.name, attending);
            }
        }
    }

    /** The page is in front, and the conversation at its end. @param {Room} room */
    #attending(room) {
        return !document.hidden && document.hasFocus() && this.scroll.atBottom && room.atEnd && room.live;
    }

    /** @param {import('../store/state.js').Message} message @param {boolean} isNew */
    told(message, isNew) {
        const {me, current, rooms} = this.store.state;
        if (!isNew || me === null || message.author.id === me.id || message.deleted) {
            return;
        }
        const room = rooms.get(message.room);
        if (message.room === current && room?.live) {
            this.announcer.say(`${message.author.name}: ${plain(message.text)}`);
        }
        if (!room?.attending && mentions(message.text, me.name)) {
            this.notices.mentioned(message);
        }
    }
}
