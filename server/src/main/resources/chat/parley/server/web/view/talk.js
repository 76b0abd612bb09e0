// @ts-check
/** The page of who is in: rooms, the conversation and its field, people. */
import {html, nothing} from '../lit-html/lit-html.js';
import {kept} from '../storage.js';
import {unread} from '../store/state.js';
import {t} from '../text/i18n.js';
import {banner, newestButton, typingLine} from './fragments.js';
import {header} from './header.js';
import {membersView} from './members.js';
import {roomsView} from './rooms.js';
import {timeline} from './timeline.js';
import {walk} from './walk.js';

/** @typedef {import('../store/state.js').Message} Message @typedef {import('../net/api.js').ListedRoom} ListedRoom */

/** Which parts are open. @typedef {{rooms: boolean, members: boolean, topic: boolean}} Panes */

/** Wider than this, who is here is shown from the start, in pixels. */
const WIDE = 1100;

/** @returns {Panes} */
export function firstPanes() {
    return {rooms: false, members: innerWidth >= WIDE, topic: false};
}

/**
 * @param {{state: import('../store/state.js').State, room: import('../store/state.js').Room, listed: readonly ListedRoom[], names: string[],
 *   panes: Panes, set: (change: Partial<Panes>) => void, session: import('../session.js').Session, quotes: import('./quotes.js').Quotes,
 *   update: import('./update.js').Update, composer: import('./composer.js').Composer, dialogs: import('./dialogs.js').Dialogs, toast: import('./toast.js').Toast, atBottom: boolean,
 *   toNewest: () => void, openSwitcher: () => void, copyLink: () => void, act: (action: import('./message.js').Action, message: Message) => void,
 *   failed: (e: Error) => void}} props
 */
export function talk({
    state, room, listed, names, panes, set, session, quotes, update, composer, dialogs, toast, atBottom, toNewest, openSwitcher, copyLink, act, failed,
}) {
    const closeRooms = () => set({rooms: false});
    return html`
        <a class="skip" href="#composer" @click=${(/** @type {Event} */ event) => {
            event.preventDefault();
            composer.focus();
        }}>${t('skip')}</a>
        <div class="layout ${panes.members ? 'with-members' : ''}">
            ${roomsView({
                state, listed, order: kept.rooms(), open: panes.rooms, close: closeRooms, openSwitcher,
                openSettings: () => dialogs.openSettings(),
                leave: name => session.leave(name),
            })}
            ${panes.rooms ? html`<div class="shade" @click=${closeRooms}></div>` : nothing}
            ${panes.members ? html`<div class="shade beside-members" @click=${() => set({members: false})}></div>` : nothing}
            <main class="room-view">
                ${header({
                    room, editing: panes.topic, membersOpen: panes.members, copyLink,
                    edit: topic => {
                        set({topic});
                        focusSoon('#topic');
                    },
                    save: topic => session.setTopic(room.name, topic).then(() => set({topic: false}), failed),
                    toggleMembers: () => set({members: !panes.members}),
                    openRooms: () => {
                        set({rooms: true});
                        session.listings.refresh();
                    },
                    unreadElsewhere: [...state.rooms.values()].some(one => one !== room && unread(one) > 0),
                })}
                ${banner(state, () => session.connection.again())}
                ${update.view()}
                <div class="timeline" id="timeline" data-testid="timeline" role="log" aria-live="off" tabindex="0"
                    aria-label=${t('timeline', {room: room.name})} data-at-end=${room.atEnd} @keydown=${walk}><div class="content">${timeline({
                        state, room, names, act,
                        quoted: (name, seq) => quotes.get(name, seq),
                        retry: id => session.retry(id),
                        discard: id => session.discard(id),
                    })}</div></div>
                <div class="foot">
                    ${atBottom && room.atEnd ? nothing : newestButton(room, toNewest)}
                    ${composer.view(room.name)}
                    ${typingLine(room)}
                </div>
            </main>
            ${panes.members ? membersView({room, me: state.me, close: () => set({members: false})}) : nothing}
        </div>
        ${dialogs.view(state, listed)}
        ${toast.view()}`;
}

/** Once it is drawn. @param {string} selector */
function focusSoon(selector) {
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus());
}
