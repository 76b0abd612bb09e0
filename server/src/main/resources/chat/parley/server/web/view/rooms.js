// @ts-check
/** The list of rooms: one's own with what is unread in them, then others that are there. */
import {repeat} from '../lit-html/directives/repeat.js';
import {html, nothing} from '../lit-html/lit-html.js';
import {path} from '../router.js';
import {unread} from '../store/state.js';
import {t} from '../text/i18n.js';
import {avatar} from './avatar.js';
import {icon} from './icons.js';

/** @typedef {import('../net/api.js').ListedRoom} ListedRoom */

/** Others that are listed; the switcher finds them all. */
const MOST_OTHERS = 12;

/**
 * @param {{state: import('../store/state.js').State, listed: readonly ListedRoom[], order: string[], open: boolean, close: () => void,
 *   openSwitcher: () => void, openSettings: () => void, leave: (room: string) => void}} props
 */
export function roomsView({state, listed, order, open, close, openSwitcher, openSettings, leave}) {
    const own = order.flatMap(name => state.rooms.get(name) ?? []);
    const others = listed.filter(room => !state.rooms.has(room.name))
        .sort((a, b) => Number(odd(a)) - Number(odd(b)) || b.online - a.online || b.seq - a.seq);
    return html`<nav class="rooms ${open ? 'open' : ''}" id="rooms" data-testid="rooms" aria-label=${t('rooms')}>
        <div class="brand"><span class="logo" aria-hidden="true"></span> Parley
            <button class="quiet narrow-only" @click=${close} aria-label=${t('rooms.close')}>${icon('close')}</button></div>
        <button class="find" data-testid="switcher-open" @click=${openSwitcher}>${icon('search')}<span>${t('rooms.find')}</span>
            <kbd class="wide-only">Ctrl K</kbd></button>
        <div class="scrolling">
            <h2>${t('rooms.yours')}</h2>
            <ul>${repeat(own, room => room.name, room => roomLink(state, room, leave))}</ul>
            ${others.length === 0 ? nothing : html`<h2>${t('rooms.more')}</h2>
                <ul>${others.slice(0, MOST_OTHERS).map(room => html`<li><a class="room" href=${path(room.name)} data-testid="room-${room.name}">
                    <span class="hash" aria-hidden="true">#</span><span class="name">${room.name}</span>
                    ${room.online > 0 ? html`<span class="soft" title=${t('members', {n: room.online})}>${room.online}</span>` : nothing}
                </a></li>`)}</ul>
                ${others.length <= MOST_OTHERS ? nothing : html`<button class="quiet more" data-testid="rooms-more" @click=${openSwitcher}
                    >${icon('search')}${t('rooms.others')}</button>`}`}
        </div>
        ${state.me === null ? nothing : html`<button class="me" data-testid="settings-open" @click=${openSettings}
            >${avatar(state.me)}<bdi class="name">${state.me.name}</bdi><span class="hidden">: ${t('settings')}</span>${icon('settings')}</button>`}
    </nav>`;
}

/** Names that begin so are made to stand first in a list; here they come last. @param {ListedRoom} room */
function odd(room) {
    return /^[-_]/.test(room.name);
}

/** @param {import('../store/state.js').State} state @param {import('../store/state.js').Room} room @param {(room: string) => void} leave */
function roomLink(state, room, leave) {
    const {name} = room;
    const n = name === state.current && room.attending ? 0 : unread(room);
    return html`<li><a class="room ${n > 0 ? 'unread' : ''}" href=${path(name)} data-testid="room-${name}"
        data-unread=${n > 0 ? n : nothing} aria-current=${name === state.current ? 'page' : nothing}>
        <span class="hash" aria-hidden="true">#</span><span class="name">${name}</span>
        ${n === 0 ? nothing : html`<span class="badge ${room.mentions > 0 ? 'mentioned' : ''}" data-testid="room-unread"
            ><span aria-hidden="true">${room.mentions > 0 ? '@' : ''}${n > 99 ? '99+' : n}</span
            ><span class="hidden">${t('rooms.unread', {n})}${room.mentions > 0 ? `, ${t('rooms.mentions', {n: room.mentions})}` : ''}</span></span>`}
        </a>${name === state.current ? nothing : html`<button class="quiet leave" title=${t('rooms.leave')}
            aria-label="${t('rooms.leave')}: ${name}" @click=${() => leave(name)}>${icon('close')}</button>`}</li>`;
}
