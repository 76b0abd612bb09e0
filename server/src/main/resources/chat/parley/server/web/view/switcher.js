// @ts-check
/** Goes to a room by typing a part of its name; creates it where it is new. */
import {html} from '../lit-html/lit-html.js';
import {roomName} from '../router.js';
import {unread} from '../store/state.js';
import {t} from '../text/i18n.js';
import {composes} from './composition.js';
import {icon} from './icons.js';

const MOST = 8;

/** @typedef {import('../net/api.js').ListedRoom} ListedRoom @typedef {{room: string, isNew: boolean, soft: string}} Option */

/**
 * @param {string} typed @param {import('../store/state.js').State} state @param {readonly ListedRoom[]} listed
 * @returns {Option[]}
 */
export function options(typed, state, listed) {
    const wanted = roomName(typed);
    const names = [...new Set([...state.rooms.keys(), ...listed.map(room => room.name)])];
    const topics = new Map(listed.map(room => [room.name, room.topic ?? '']));
    const rank = (/** @type {string} */ name) => {
        const own = state.rooms.get(name);
        return (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2) * 10 + (own ? (unread(own) > 0 ? 0 : 1) : 2);
    };
    const odd = (/** @type {string} */ name) => Number(/^[-_]/.test(name));
    const found = names.filter(name => name.includes(wanted) && !(wanted === '' && name === state.current))
        .sort((a, b) => rank(a) - rank(b) || odd(a) - odd(b) || a.localeCompare(b)).slice(0, MOST)
        .map(room => ({room, isNew: false, soft: state.rooms.get(room)?.topic ?? topics.get(room) ?? ''}));
    return wanted === '' || names.includes(wanted) ? found : [...found, {room: wanted, isNew: true, soft: ''}];
}

/**
 * @param {{typed: string, chosen: number, list: Option[], type: (typed: string) => void, choose: (index: number) => void,
 *   move: (by: 1 | -1) => void, take: () => void, go: (room: string) => void, closed: () => void}} props `move` and `take` go by what
 *   was typed, which may be ahead of what is drawn
 */
export function switcher({typed, chosen, list, type, choose, move, take, go, closed}) {
    const key = (/** @type {KeyboardEvent} */ event) => {
        if (composes(event)) {
            return;
        }
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            move(event.key === 'ArrowDown' ? 1 : -1);
        } else if (event.key === 'Enter') {
            event.preventDefault();
            take();
        }
    };
    return html`<dialog class="dialog switcher" id="switcher" data-testid="switcher" aria-label=${t('switcher.title')} @close=${closed}
        @click=${(/** @type {Event & {target: HTMLDialogElement}} */ event) => event.target.id === 'switcher' && event.target.close()}>
        <div class="inside">
            <input id="switcher-input" data-testid="switcher-input" role="combobox" aria-expanded="true" aria-controls="switcher-list"
                aria-activedescendant=${list.length > 0 ? `switch-${chosen}` : ''} aria-label=${t('switcher.title')}
                placeholder=${t('switcher.hint')} autocomplete="off" autocapitalize="none" spellcheck="false" .value=${typed}
                @input=${(/** @type {Event & {target: HTMLInputElement}} */ event) => type(event.target.value)} @keydown=${key}>
            <ul id="switcher-list" role="listbox" aria-label=${t('rooms')}>${list.map((option, index) => html`
                <li role="option" id="switch-${index}" aria-selected=${index === chosen} data-testid="switcher-option" data-room=${option.room}
                    @click=${() => go(option.room)} @mousemove=${() => index !== chosen && choose(index)}>
                    ${option.isNew ? html`${icon('plus')} <span class="name">${t('switcher.create', {room: option.room})}</span>`
                        : html`<span class="hash" aria-hidden="true">#</span><span class="name">${option.room}</span> <span class="soft" dir="auto">${option.soft}</span>`}
                </li>`)}</ul>
            ${list.length === 0 ? html`<p class="soft">${t('switcher.none')}</p>` : ''}
        </div>
    </dialog>`;
}
