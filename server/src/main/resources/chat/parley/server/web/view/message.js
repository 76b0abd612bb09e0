// @ts-check
/** One message, or one that waits to be sent. */
import {html, nothing} from '../lit-html/lit-html.js';
import {plain, render} from '../markdown/render.js';
import {path} from '../router.js';
import {clock, full, shortClock} from '../text/dates.js';
import {t} from '../text/i18n.js';
import {mentionedIn, mentions} from '../text/mentions.js';
import {avatar, hue} from './avatar.js';
import {icon} from './icons.js';

/** @typedef {import('../store/state.js').Message} Message @typedef {import('../store/state.js').User} User */
/** What can be done with a message. @typedef {'reply' | 'edit' | 'delete' | 'link'} Action */

/** @type {WeakMap<object, {key: string, element: HTMLElement}>} */
const rendered = new WeakMap();

/** @typedef {import('../text/mentions.js').Names} Names */

/** The text's elements; made once for each form of a message. @param {{text: string}} owner @param {Names} names @param {string | null} own */
export function body(owner, names, own) {
    const key = `${own}\n${mentionedIn(owner, names)}`;
    const known = rendered.get(owner);
    if (known?.key === key) {
        return known.element;
    }
    const element = document.createElement('div');
    element.className = 'text';
    element.dataset.testid = 'message-text';
    element.dir = 'auto';
    element.append(render(owner.text, names, own));
    rendered.set(owner, {key, element});
    return element;
}

/**
 * @param {{message: Message, leads: boolean, me: User | null, names: Names, quoted: Message | null | undefined, target: boolean,
 *   act: (action: Action, message: Message) => void}} props
 */
export function messageView({message, leads, me, names, quoted, target, act}) {
    const own = message.author.id === me?.id;
    const mentioned = !own && me !== null && !message.deleted && mentions(message.text, me.name);
    const button = (/** @type {Action} */ action, /** @type {import('./icons.js').IconName} */ symbol, /** @type {string} */ testid = action) => html`
        <button class="quiet" data-testid="message-${testid}" title=${t(`message.${action}`)} aria-label=${t(`message.${action}`)}
            @click=${() => act(action, message)}>${icon(symbol)}</button>`;
    return html`<article class="message ${leads ? 'leads' : ''}" id="m${message.seq}" tabindex="-1" data-testid="message"
        data-seq=${message.seq} data-author=${message.author.name} ?data-own=${own} ?data-deleted=${message.deleted}
        ?data-mention=${mentioned} ?data-target=${target} aria-labelledby="a${message.seq} t${message.seq}">
        ${leads ? avatar(message.author) : nothing}
        <a class="time ${leads ? '' : 'aside'}" id="t${message.seq}" data-testid="message-time" tabindex="-1" href=${path(message.room, message.seq)}
            title=${full(message.at)}><time datetime=${message.at}>${leads ? clock(message.at) : shortClock(message.at)}</time></a>
        <span class="author ${hue(message.author)} ${leads ? '' : 'hidden'}" id="a${message.seq}" data-testid="message-author"
            ><bdi>${message.author.name}</bdi></span>
        ${message.replyTo === null ? nothing : quote(message.room, message.replyTo, quoted)}
        ${message.deleted
            ? html`<div class="text gone" data-testid="message-text">${t('message.deleted')}</div>`
            : html`${body(message, names, me?.name ?? null)}${message.editedAt === null ? nothing : html`
                <span class="edited" data-testid="message-edited"
                    title=${t('message.editedAt', {at: full(message.editedAt)})}>(${t('message.edited')})</span>`}`}
        <div class="actions" data-testid="message-actions" role="group" aria-label=${t('message.actions')}>
            ${message.deleted ? nothing : button('reply', 'reply')}
            ${own && !message.deleted ? [button('edit', 'edit'), button('delete', 'trash')] : nothing}
            ${button('link', 'link', 'copy-link')}
        </div>
    </article>`;
}

/** @param {string} room @param {number} seq @param {Message | null | undefined} quoted */
function quote(room, seq, quoted) {
    const text = quoted?.deleted ? t('message.deleted') : quoted ? plain(quoted.text).slice(0, 140) : t('message.quote.unknown');
    return html`<a class="quote" data-testid="message-quote" href=${path(room, seq)}>${icon('reply')}
        ${quoted ? html`<b dir="auto">${quoted.author.name}</b>` : nothing} <span dir="auto">${text}</span></a>`;
}

/**
 * @param {{pending: import('../store/state.js').Pending, leads: boolean, me: User, names: Names, online: boolean,
 *   retry: (id: string) => void, discard: (id: string) => void}} props
 */
export function pendingView({pending, leads, me, names, online, retry, discard}) {
    return html`<article class="message pending ${leads ? 'leads' : ''}" data-testid="pending" data-state=${pending.state}
        data-id=${pending.id}>
        ${leads ? avatar(me) : nothing}
        <span class="time ${leads ? '' : 'aside'}">${leads ? clock(pending.at) : shortClock(pending.at)}</span>
        <span class="author ${hue(me)} ${leads ? '' : 'hidden'}"><bdi>${me.name}</bdi></span>
        ${body(pending, names, me.name)}
        <div class="fate" role="status">${pending.state === 'sending'
            ? online ? html`<span class="soon">${t('message.sending')}</span>` : t('message.waiting')
            : html`<strong>${t('message.failed')}</strong> ${pending.problem ?? ''}
                <button class="link" data-testid="retry" @click=${() => retry(pending.id)}>${t('message.retry')}</button>
                <button class="link" data-testid="discard" @click=${() => discard(pending.id)}>${t('message.discard')}</button>`}
        </div>
    </article>`;
}
