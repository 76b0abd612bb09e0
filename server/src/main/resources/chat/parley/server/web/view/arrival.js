// @ts-check
/** The door: asks for a name, and for a room where the address names none. */
import {html, nothing} from '../lit-html/lit-html.js';
import {roomName} from '../router.js';
import {kept} from '../storage.js';
import {t} from '../text/i18n.js';

export class Arrival {
    #problem = /** @type {string | null} */ (null);
    #busy = false;

    /** @param {{enter: (name: string, room: string) => void, changed: () => void}} owner */
    constructor(owner) {
        this.owner = owner;
    }

    /** Whether one was not let in, and has to choose again. */
    get refused() {
        return this.#problem !== null;
    }

    /** @param {string} detail what was wrong; empty where an earlier visit is not known any more */
    refuse(detail) {
        this.#busy = false;
        this.#wrong(detail || t('arrive.again'));
    }

    /**
     * After it was drawn first: one can type at once. The browser's own `autofocus` waits for the next frame, and complains where
     * somebody was quicker.
     */
    drawn() {
        if (document.activeElement === null || document.activeElement === document.body) {
            document.getElementById('arrival-name')?.focus();
        }
    }

    /** One is in. */
    done() {
        this.#busy = false;
    }

    /** @param {string} problem */
    #wrong(problem) {
        this.#problem = problem;
        this.owner.changed();
    }

    /** @param {SubmitEvent} event @param {string | null} room */
    #submit(event, room) {
        event.preventDefault();
        const fields = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
        const typedName = String(fields.get('name')).trim();
        const typedRoom = room ?? roomName(String(fields.get('room')));
        if (typedName === '') {
            this.#wrong(t('arrive.name.missing'));
        } else if (typedRoom === '') {
            this.#wrong(t('arrive.room.missing'));
        } else {
            this.#problem = null;
            this.#busy = true;
            this.owner.enter(typedName, typedRoom);
        }
    }

    /** @param {string | null} room from the address @param {import('../store/state.js').Connection} connection */
    view(room, connection) {
        const problem = this.#busy && connection === 'offline' ? t('arrive.unreachable') : this.#problem;
        return html`<main class="arrival" data-testid="arrival">
            <form class="card" @submit=${(/** @type {SubmitEvent} */ event) => this.#submit(event, room)} novalidate>
                <div class="brand"><span class="logo" aria-hidden="true"></span> Parley</div>
                <h1>${room === null ? t('arrive.title') : t('arrive.into', {room})}</h1>
                <p class="lead">${t('arrive.lead')}</p>
                <label for="arrival-name">${t('arrive.name')}</label>
                <input id="arrival-name" name="name" data-testid="arrival-name" .value=${kept.get('name') ?? ''} maxlength="64" autocomplete="nickname"
                    dir="auto" spellcheck="false" aria-describedby="arrival-name-hint arrival-error">
                <p class="hint" id="arrival-name-hint">${t('arrive.name.hint')}</p>
                ${room !== null ? nothing : html`
                    <label for="arrival-room">${t('arrive.room')}</label>
                    <div class="with-prefix"><span aria-hidden="true">#</span><input id="arrival-room" name="room"
                        data-testid="arrival-room" value="lobby" maxlength="64" autocomplete="off" autocapitalize="none"
                        spellcheck="false" dir="ltr" aria-describedby="arrival-room-hint"></div>
                    <p class="hint" id="arrival-room-hint">${t('arrive.room.hint')}</p>`}
                <p class="problem" id="arrival-error" data-testid="arrival-error" role="alert">${problem ?? ''}</p>
                <button class="primary" data-testid="arrival-enter" ?disabled=${this.#busy}>${t('arrive.enter')}</button>
            </form>
        </main>`;
    }
}
