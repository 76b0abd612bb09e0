// @ts-check
/** Who is in the room now. */
import {html, nothing} from '../lit-html/lit-html.js';
import {t} from '../text/i18n.js';
import {avatar} from './avatar.js';
import {icon} from './icons.js';

/** @param {{room: import('../store/state.js').Room, me: import('../store/state.js').User | null, close: () => void}} props */
export function membersView({room, me, close}) {
    const users = [...room.members.values()].sort((a, b) => a.name.localeCompare(b.name)).slice(0, 200);
    const more = Math.max(0, room.online - users.length);
    return html`<aside class="members" data-testid="members" aria-label=${t('members.title')}>
        <div class="top"><h2>${t('members.title')} <span class="soft">${room.online}</span></h2>
            <button class="quiet" aria-label=${t('close')} @click=${close}>${icon('close')}</button></div>
        <ul>${users.map(user => html`<li data-testid="member" data-user=${user.name}>${avatar(user)}<bdi class="name">${user.name}</bdi>
            ${user.id === me?.id ? html`<span class="soft">${t('members.you')}</span>` : nothing}</li>`)}</ul>
        ${more > 0 && users.length > 0 ? html`<p class="soft">${t('members.more', {n: more})}</p>` : nothing}
    </aside>`;
}
