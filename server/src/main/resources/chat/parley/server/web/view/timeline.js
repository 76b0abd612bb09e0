// @ts-check
/** The conversation: messages by day and author, the line where unread begins, and what waits to be sent. */
import {html, nothing} from '../lit-html/lit-html.js';
import {repeat} from '../lit-html/directives/repeat.js';
import {guard} from '../lit-html/directives/guard.js';
import {day, dayOf} from '../text/dates.js';
import {language, t} from '../text/i18n.js';
import {mentionedIn, namesOf} from '../text/mentions.js';
import {messageView, pendingView} from './message.js';

/** Messages of one author within this time stand together, in milliseconds. */
const TOGETHER = 5 * 60_000;

/** @typedef {import('../store/state.js').Message} Message @typedef {import('../store/state.js').Pending} Pending */

/** What groups messages. @typedef {{author: {id: string}, at: string, replyTo: number | null}} Said */

/** Whether a message stands under its author's name anew. @param {Said | undefined} before @param {Said} next */
function leads(before, next) {
    return !before || before.author.id !== next.author.id || next.replyTo !== null || dayOf(before.at) !== dayOf(next.at)
        || Date.parse(next.at) - Date.parse(before.at) > TOGETHER;
}

/**
 * @param {{state: import('../store/state.js').State, room: import('../store/state.js').Room, names: string[],
 *   quoted: (room: string, seq: number) => Message | null | undefined,
 *   act: (action: import('./message.js').Action, message: Message) => void, retry: (id: string) => void, discard: (id: string) => void}} props
 */
export function timeline({state, room, names: people, quoted, act, retry, discard}) {
    const {me} = state;
    const pending = state.pending.filter(one => one.room === room.name && (one.seq === null || one.sure)
        && !room.messages.some(message => message.seq === one.seq));
    const names = namesOf(people);
    const today = dayOf(Date.now());
    const rows = room.messages.map((message, index) => ({
        message, before: room.messages[index - 1],
        // It may change while the message that quotes it stays as it is.
        answered: message.replyTo === null ? null : quoted(room.name, message.replyTo),
    }));
    const last = room.messages.at(-1);
    return html`
        ${room.atStart ? beginning(room.name) : room.messages.length > 0
            ? html`<p class="loading" data-testid="load-earlier">${t('timeline.loading')}</p>`
            : room.live ? nothing : html`<p class="loading soon">${t(state.connection === 'offline' ? 'timeline.offline' : 'timeline.loading')}</p>`}
        ${repeat(hundreds(rows), ([{message}]) => Math.floor(message.seq / 100), some => repeat(some, row => row.message.seq, ({message, before, answered}) => guard(
            [message, before, firstUnread(room, before, message), message.seq === room.target, mentionedIn(message, names), me, language, answered, today],
            () => html`
                ${before && dayOf(before.at) === dayOf(message.at) ? nothing : html`
                    <div class="day" role="separator" data-testid="day"><span>${day(message.at)}</span></div>`}
                ${firstUnread(room, before, message) ? html`
                    <div class="unread-line" role="separator" data-testid="unread-line"><span>${t('timeline.unread')}</span></div>`
                    : nothing}
                ${messageView({
                    message, me, names, act, leads: leads(before, message), target: message.seq === room.target,
                    quoted: answered,
                })}`)))}
        ${!room.atEnd ? html`<p class="loading">${t('timeline.loading')}</p>` : me === null ? nothing
            : repeat(pending, one => one.id, (one, index) => pendingView({
                pending: one, me, names, retry, discard, online: state.connection === 'online',
                leads: index === 0 ? leads(last, {...one, author: me}) : leads({...pending[index - 1], author: me}, {...one, author: me}),
            }))}`;
}

/** @param {import('../store/state.js').Room} room @param {Message | undefined} before @param {Message} message */
function firstUnread({unreadFrom}, before, message) {
    return unreadFrom !== null && message.seq >= unreadFrom && (before === undefined || before.seq < unreadFrom);
}

/**
 * Rows in hundreds that stay the same while the window moves: lit-html leaves a comment where it removes one row of many, but takes
 * all of them with the hundred.
 *
 * @template {{message: Message}} Row @param {readonly Row[]} rows @returns {Row[][]}
 */
function hundreds(rows) {
    /** @type {Map<number, Row[]>} */
    const groups = new Map();
    for (const row of rows) {
        const group = Math.floor(row.message.seq / 100);
        const some = groups.get(group);
        if (some) {
            some.push(row);
        } else {
            groups.set(group, [row]);
        }
    }
    return [...groups.values()];
}

/** @param {string} room */
function beginning(room) {
    return html`<div class="beginning"><div class="hash" aria-hidden="true">#</div><h2>${t('timeline.start', {room})}</h2>
        <p>${t('timeline.start.hint')}</p></div>`;
}
