// @ts-check
/** Tells of mentions while the reader looks elsewhere: a notification for each room, a short tone, a number in the title. */
import {plain} from './markdown/render.js';
import {MentionsPace} from './mentions-pace.js';
import {parse, path} from './router.js';
import {first, Speakers} from './speakers.js';
import {unread} from './store/state.js';
import {kept} from './storage.js';
import {t} from './text/i18n.js';
import {canSound, tone} from './tone.js';

/** @typedef {import('./store/state.js').Message} Message @typedef {import('./store/store.js').Store} Store */

/** Tones that come nearer than this to the last one are left out, in milliseconds. */
const QUIET = 2_000;
/** As much of a message stands in a notification, in code points. */
const MOST_SHOWN = 140;

/** @returns {NotificationPermission | 'missing'} */
export function permission() {
    return isSecureContext && 'Notification' in window ? Notification.permission : 'missing';
}

export async function askPermission() {
    await Notification.requestPermission();
}

export class Notices {
    /** @param {Store} store */
    constructor(store) {
        this.store = store;
        this.speakers = new Speakers(store);
        this.pace = new MentionsPace(newest => this.#tell(newest));
        store.listen((state, before) => {
            const moved = [...state.rooms.values()].filter(room => room.read > (before.rooms.get(room.name)?.read ?? Infinity));
            moved.forEach(room => this.pace.read(room.name));
            if (moved.length > 0 && permission() === 'granted') {
                clear(moved);
            }
        });
    }

    /** @param {Message} message that mentions the reader, who does not see it */
    mentioned(message) {
        this.speakers.stand(message.room);
        this.pace.mentioned(message);
    }

    /** Tells of all of a room's mentions, unless they were read meanwhile. @param {Message} newest */
    async #tell(newest) {
        const room = this.store.state.rooms.get(newest.room);
        if (!room || room.attending || room.read >= newest.seq) {
            return;
        }
        const sound = kept.get('sound') !== 'off';
        // A tab that was never touched may not sound, and leaves it to another one.
        if (sound && canSound() && await first('tone', QUIET)) {
            tone();
        }
        if (permission() === 'granted' && this.speakers.speaks(room.name)) {
            await notify(...words(newest, room.mentions), {
                // One for each room: the next one takes its place.
                tag: path(room.name), renotify: true, data: path(room.name, newest.seq), silent: !sound || canSound(),
                icon: new URL('icon-192.png', import.meta.url).href,
            });
        }
    }
}

/** A notification's title and text. @param {Message} newest @param {number} n how many mentions are unread @returns {[string, string]} */
function words({author: {name}, room, text}, n) {
    const shown = [...plain(text)].slice(0, MOST_SHOWN).join('');
    return n <= 1 ? [t('notice.mention', {name, room}), shown] : [t('notice.mentions', {n, room}), `${name}: ${shown}`];
}

/**
 * Phones let only a service worker notify; where there is none the page does.
 *
 * @param {string} title @param {string} body @param {NotificationOptions & {renotify: boolean}} more
 */
async function notify(title, body, more) {
    const options = {...more, body};
    try {
        const registration = await navigator.serviceWorker?.getRegistration();
        if (registration?.active) {
            await registration.showNotification(title, options);
        } else {
            notifyFromPage(title, options);
        }
    } catch {
        // The system may refuse it; the list of rooms and the title tell of the mention too.
    }
}

/** @param {string} title @param {NotificationOptions} options */
function notifyFromPage(title, options) {
    const notice = new Notification(title, options);
    notice.onclick = () => {
        window.focus();
        window.postMessage({open: options.data}, location.origin);
        notice.close();
    };
}

/** Goes to the message of a notification that was clicked. @param {(room: string, seq: number | null) => void} navigate */
export function followNotices(navigate) {
    const follow = (/** @type {MessageEvent} */ event) => {
        const {room, seq} = parse(String(event.data?.open));
        if (event.origin === location.origin && room !== null) {
            navigate(room, seq);
        }
    };
    window.addEventListener('message', follow);
    navigator.serviceWorker?.addEventListener('message', follow);
}

/** Takes away those of what has been read. @param {import('./store/state.js').Room[]} rooms */
async function clear(rooms) {
    const registration = await navigator.serviceWorker?.getRegistration();
    for (const notice of await registration?.getNotifications() ?? []) {
        const {room, seq} = parse(String(notice.data));
        if (rooms.some(one => one.name === room && one.read >= (seq ?? 0))) {
            notice.close();
        }
    }
}

/** `(3) #4 · Parley` @param {import('./store/state.js').State} state */
export function title(state) {
    const count = [...state.rooms.values()].reduce((sum, room) => sum + (room.attending ? 0 : unread(room)), 0);
    return `${count > 0 ? `(${count}) ` : ''}${state.current ? `#${state.current} · ` : ''}Parley`;
}
