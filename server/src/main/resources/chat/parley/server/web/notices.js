// @ts-check
/** Tells of mentions while the reader looks elsewhere: a notification, a short tone, a number in the title. */
import {plain} from './markdown/render.js';
import {path} from './router.js';
import {unread} from './store/state.js';
import {kept} from './storage.js';
import {t} from './text/i18n.js';

export function permission() {
    return 'Notification' in window ? Notification.permission : 'denied';
}

export async function askPermission() {
    await Notification.requestPermission();
}

/** @param {import('./store/state.js').Message} message @param {(room: string, seq: number) => void} open */
export function mentioned(message, open) {
    if (kept.get('sound') !== 'off') {
        tone();
    }
    if (permission() !== 'granted') {
        return;
    }
    try {
        const notice = new Notification(t('notice.mention', {name: message.author.name, room: message.room}), {
            body: plain(message.text).slice(0, 140), tag: path(message.room, message.seq),
        });
        notice.onclick = () => {
            window.focus();
            open(message.room, message.seq);
            notice.close();
        };
    } catch {
        // Some phones let only a service worker notify.
    }
}

/** Two soft notes; silent until the page has been touched, as browsers want it. */
function tone() {
    if (!navigator.userActivation?.hasBeenActive) {
        return;
    }
    const audio = new AudioContext();
    [[660, 0], [880, 0.12]].forEach(([frequency, start]) => {
        const note = audio.createOscillator();
        const volume = audio.createGain();
        note.frequency.value = frequency;
        volume.gain.setValueAtTime(0, audio.currentTime + start);
        volume.gain.linearRampToValueAtTime(0.08, audio.currentTime + start + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.25);
        note.connect(volume).connect(audio.destination);
        note.start(audio.currentTime + start);
        note.stop(audio.currentTime + start + 0.26);
    });
    setTimeout(() => audio.close(), 1_000);
}

/** `(3) #4 · Parley` @param {import('./store/state.js').State} state */
export function title(state) {
    const count = Object.values(state.rooms).reduce((sum, room) => sum + (room.attending ? 0 : unread(room)), 0);
    return `${count > 0 ? `(${count}) ` : ''}${state.current ? `#${state.current} · ` : ''}Parley`;
}
