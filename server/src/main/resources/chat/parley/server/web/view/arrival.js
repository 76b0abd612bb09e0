// @ts-check
/** The door: asks for a name, and for a room where the address names none. */
import {html, nothing} from '../lit-html/lit-html.js';
import {t} from '../text/i18n.js';
import {roomName} from '../router.js';

/**
 * @param {{room: string | null, name: string, problem: string | null, busy: boolean,
 *   enter: (name: string, room: string) => void, wrong: (problem: string) => void}} props
 */
export function arrival({room, name, problem, busy, enter, wrong}) {
    const submit = (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const fields = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
        const typedName = String(fields.get('name')).trim();
        const typedRoom = room ?? roomName(String(fields.get('room')));
        if (typedName === '') {
            wrong(t('arrive.name.missing'));
        } else if (typedRoom === '') {
            wrong(t('arrive.room.missing'));
        } else {
            enter(typedName, typedRoom);
        }
    };
    return html`<main class="arrival" data-testid="arrival">
        <form class="card" @submit=${submit} novalidate>
            <div class="brand"><span class="logo" aria-hidden="true"></span> Parley</div>
            <h1>${room === null ? t('arrive.title') : t('arrive.into', {room})}</h1>
            <p class="lead">${t('arrive.lead')}</p>
            <label for="arrival-name">${t('arrive.name')}</label>
            <input id="arrival-name" name="name" data-testid="arrival-name" .value=${name} maxlength="32" autocomplete="nickname"
                dir="auto" spellcheck="false" aria-describedby="arrival-name-hint arrival-error" autofocus>
            <p class="hint" id="arrival-name-hint">${t('arrive.name.hint')}</p>
            ${room !== null ? nothing : html`
                <label for="arrival-room">${t('arrive.room')}</label>
                <div class="with-prefix"><span aria-hidden="true">#</span><input id="arrival-room" name="room"
                    data-testid="arrival-room" value="lobby" maxlength="64" autocomplete="off" autocapitalize="none"
                    spellcheck="false" dir="ltr" aria-describedby="arrival-room-hint"></div>
                <p class="hint" id="arrival-room-hint">${t('arrive.room.hint')}</p>`}
            <p class="problem" id="arrival-error" data-testid="arrival-error" role="alert">${problem ?? ''}</p>
            <button class="primary" data-testid="arrival-enter" ?disabled=${busy}>${t('arrive.enter')}</button>
        </form>
    </main>`;
}
