// @ts-check
/** Tells that the server has a newer version of the client. An open page goes on as it is until its user wants the newer one. */
import {html, nothing} from '../lit-html/lit-html.js';
import {isOutdated} from '../net/version.js';
import {t} from '../text/i18n.js';
import {icon} from './icons.js';

export class Update {
    #isThere = false;
    #later = false;

    /** @param {import('../store/store.js').Store} store @param {{changed: () => void, reload: () => void}} owner `reload` keeps what is being written */
    constructor(store, owner) {
        this.owner = owner;
        store.listen((state, before) => {
            if (state.connection === 'online' && before.connection !== 'online') {
                this.#look();
            }
        });
    }

    /** While there was no connection, another server may have been started. */
    async #look() {
        const isThere = await isOutdated().catch(() => this.#isThere);
        if (isThere !== this.#isThere) {
            this.#isThere = isThere;
            this.#later = false;
            this.owner.changed();
        }
    }

    view() {
        return html`<div role="status">${!this.#isThere || this.#later ? nothing : html`<div class="update" data-testid="update">
            <span>${t('update')}</span>
            <button class="link" data-testid="update-reload" @click=${() => this.owner.reload()}>${t('update.reload')}</button>
            <button class="quiet" data-testid="update-later" title=${t('update.later')} aria-label=${t('update.later')} @click=${() => {
                this.#later = true;
                this.owner.changed();
            }}>${icon('close')}</button></div>`}</div>`;
    }
}
