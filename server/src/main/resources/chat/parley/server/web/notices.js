// @ts-check
/** Tells of mentions while the reader looks elsewhere: a notification, a short tone, a number in the title. */
import {plain} from './markdown/render.js';
import {parse, path} from './router.js';
import {unread} from './store/state.js';
import {kept} from './storage.js';
import {t} from './text/i18n.js';
import {canSound, tone} from './tone.js';

/** How long another tab or device has to say that the mention was read there, in milliseconds. */
const READ_ELSEWHERE = 400;
/** How long a mention that one tab has told of is not told by another one that gets it later, in milliseconds. */
const TOLD = 30_000;
/** Tones that come nearer than this to the last one are left out, in milliseconds. */
const QUIET = 2_000;

/** @returns {NotificationPermission | 'missing'} */
export function permission() {
    return isSecureContext && 'Notification' in window ? Notification.permission : 'missing';
}

export async function askPermission() {
    await Notification.requestPermission();
}

/**
 * Tells of one mention, unless it is read meanwhile. Of several tabs one does it.
 *
 * @param {import('./store/state.js').Message} message @param {import('./store/store.js').Store} store
 */
export async function mentioned(message, store) {
    await new Promise(resolve => setTimeout(resolve, READ_ELSEWHERE));
    const room = store.state.rooms.get(message.room);
    if (!room || room.attending || room.read >= message.seq) {
        return;
    }
    const place = path(message.room, message.seq);
    const sound = kept.get('sound') !== 'off';
    // A tab that was never touched may not sound, and leaves it to another one.
    if (sound && canSound() && await first('tone', QUIET)) {
        tone();
    }
    if (permission() === 'granted' && await first(place, TOLD)) {
        await notify(t('notice.mention', {name: message.author.name, room: message.room}), {
            body: plain(message.text).slice(0, 140), tag: place, data: place, silent: !sound || canSound(),
            icon: new URL('icon-192.png', import.meta.url).href,
        });
    }
}

/**
 * Whether this tab is the first that asks; for `hold` milliseconds the others are told that they are not.
 *
 * @param {string} what @param {number} hold @returns {Promise<boolean>}
 */
function first(what, hold) {
    return new Promise(resolve => {
        if (!navigator.locks) {
            resolve(true);
            return;
        }
        navigator.locks.request(`parley.${what}`, {ifAvailable: true}, lock => {
            resolve(lock !== null);
            return lock === null ? null : new Promise(done => setTimeout(done, hold));
        }).catch(() => resolve(true));
    });
}

/**
 * Phones let only a service worker notify; where there is none the page does.
 *
 * @param {string} title @param {NotificationOptions} options
 */
async function notify(title, options) {
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

/**
 * Goes to the message of a notification that was clicked, and takes away those of what has been read.
 *
 * @param {import('./store/store.js').Store} store @param {(room: string, seq: number | null) => void} navigate
 */
export function followNotices(store, navigate) {
    const follow = (/** @type {MessageEvent} */ event) => {
        const {room, seq} = parse(String(event.data?.open));
        if (event.origin === location.origin && room !== null) {
            navigate(room, seq);
        }
    };
    window.addEventListener('message', follow);
    navigator.serviceWorker?.addEventListener('message', follow);
    store.listen((state, before) => {
        const moved = [...state.rooms.values()].filter(room => room.read > (before.rooms.get(room.name)?.read ?? Infinity));
        if (moved.length > 0 && permission() === 'granted') {
            clear(moved);
        }
    });
}

/** @param {import('./store/state.js').Room[]} rooms */
async function clear(rooms) {
    const registration = await navigator.serviceWorker?.getRegistration();
    for (const notice of await registration?.getNotifications() ?? []) {
        const {room, seq} = parse(notice.tag);
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
