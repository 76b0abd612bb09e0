// @ts-check
/** Small pieces of the page that need no file of their own. */
import {html, nothing} from '../lit-html/lit-html.js';
import {t} from '../text/i18n.js';
import {icon} from './icons.js';

/** Tells the truth about the connection. @param {import('../store/state.js').State} state @param {() => void} retry */
export function banner(state, retry) {
    return html`<div role="status" class="banner-place">${state.connection === 'offline' ? html`<div class="banner" data-testid="banner">
        <strong>${t('offline')}</strong> ${t('offline.hint')}
        <button class="link" @click=${retry}>${t('message.retry')}</button></div>` : nothing}</div>`;
}

/** @param {import('../store/state.js').Room} room @param {() => void} go */
export function newestButton(room, go) {
    const newer = room.seq - room.read;
    return html`<button class="newest" data-testid="jump-newest" @click=${go}>${icon('down')}
        ${newer > 0 && room.unreadFrom !== null ? t('timeline.newest.count', {n: newer}) : t('timeline.newest')}</button>`;
}

/** @param {import('../store/state.js').Room} room */
export function typingLine(room) {
    const [a, b, c] = [...room.typing.values()].map(one => one.user.name);
    const text = !a ? '' : !b ? t('typing.one', {a}) : !c ? t('typing.two', {a, b}) : t('typing.many');
    return html`<p class="typing" data-testid="typing" aria-hidden="true">${text === '' ? nothing : html`<span class="dots"
        ><i></i><i></i><i></i></span> <bdi>${text}</bdi>`}</p>`;
}

/** @param {{confirm: () => void, close: () => void, closed: () => void}} props */
export function confirmDelete({confirm, close, closed}) {
    return html`<dialog class="dialog" id="confirm-delete" aria-labelledby="delete-title" aria-describedby="delete-text" @close=${closed}>
        <div class="inside"><h2 id="delete-title">${t('delete.title')}</h2><p id="delete-text">${t('delete.text')}</p>
            <div class="choices"><button class="secondary" data-testid="cancel-delete" @click=${close}>${t('cancel')}</button>
                <button class="danger" data-testid="confirm-delete" @click=${confirm}>${t('delete.confirm')}</button></div></div>
    </dialog>`;
}
