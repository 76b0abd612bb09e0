// @ts-check
/** The top of a room: its name, its topic (a click changes it), who is here. */
import {html, nothing} from '../lit-html/lit-html.js';
import {t} from '../text/i18n.js';
import {composes} from './composition.js';
import {icon} from './icons.js';

/**
 * @param {{room: import('../store/state.js').Room, editing: boolean, edit: (editing: boolean) => void,
 *   save: (topic: string) => void, membersOpen: boolean, toggleMembers: () => void, openRooms: () => void, unreadElsewhere: boolean,
 *   copyLink: () => void}} props
 */
export function header({room, editing, edit, save, membersOpen, toggleMembers, openRooms, unreadElsewhere, copyLink}) {
    return html`<header class="header">
        <button class="quiet narrow-only menu ${unreadElsewhere ? 'dot' : ''}" data-testid="rooms-open" aria-label=${t('rooms.open')}
            aria-controls="rooms" @click=${openRooms}>${icon('menu')}</button>
        <div class="titles">
            <h1 data-testid="room-name"><bdi dir="ltr"><span class="hash" aria-hidden="true">#</span>${room.name}</bdi></h1>
            ${editing ? topicForm(room, edit, save) : html`<button class="topic ${room.topic ? '' : 'empty'}" data-testid="room-topic"
                title=${room.topic ?? t('topic.set')} dir="auto" @click=${() => edit(true)}>${room.topic ?? t('topic.set')}</button>`}
        </div>
        <button class="quiet" data-testid="room-link" title=${t('room.link')} aria-label=${t('room.link')} @click=${copyLink}>${icon('link')}</button>
        <button class="quiet people" data-testid="members-open" aria-expanded=${membersOpen} title=${t('members.title')}
            aria-label=${t('members', {n: room.online})} @click=${toggleMembers}>${icon('people')}<span>${room.online || nothing}</span></button>
    </header>`;
}

/** @param {import('../store/state.js').Room} room @param {(editing: boolean) => void} edit @param {(topic: string) => void} save */
function topicForm(room, edit, save) {
    return html`<form class="topic-form" @submit=${(/** @type {Event & {target: HTMLFormElement}} */ event) => {
        event.preventDefault();
        save(String(new FormData(event.target).get('topic')).trim());
    }} @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && !composes(event) && edit(false)}>
        <input name="topic" id="topic" data-testid="topic-input" maxlength="250" dir="auto" autocomplete="off" .value=${room.topic ?? ''}
            aria-label=${t('topic.label', {room: room.name})}>
        <button class="quiet" data-testid="topic-save" title=${t('topic.save')} aria-label=${t('topic.save')}>${icon('check')}</button>
        <button class="quiet" type="button" title=${t('cancel')} aria-label=${t('cancel')} @click=${() => edit(false)}>${icon('close')}</button>
    </form>`;
}
