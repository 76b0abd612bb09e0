// @ts-check
/** Language, appearance, notifications, and being forgotten. */
import {html} from '../lit-html/lit-html.js';
import {kept} from '../storage.js';
import {LANGUAGES, language, t} from '../text/i18n.js';
import {icon} from './icons.js';

export const THEMES = ['auto', 'light', 'dark'];

/** Applies the theme that was chosen. */
export function applyTheme() {
    const theme = kept.get('theme') ?? 'auto';
    document.documentElement.dataset.theme = THEMES.includes(theme) ? theme : 'auto';
}

/**
 * @param {{permission: string, setLanguage: (code: string) => void, changed: () => void, ask: () => void, forget: () => void,
 *   close: () => void, closed: () => void}} props
 */
export function settings({permission, setLanguage, changed, ask, forget, close, closed}) {
    const theme = kept.get('theme') ?? 'auto';
    return html`<dialog class="dialog" id="settings" data-testid="settings" aria-labelledby="settings-title" @close=${closed}
        @click=${(/** @type {Event & {target: HTMLDialogElement}} */ event) => event.target.id === 'settings' && event.target.close()}>
        <div class="inside">
            <div class="top"><h2 id="settings-title">${t('settings')}</h2><button class="quiet" aria-label=${t('close')}
                @click=${close}>${icon('close')}</button></div>
            <label for="settings-language">${t('settings.language')}</label>
            <select id="settings-language" data-testid="settings-language"
                @change=${(/** @type {Event & {target: HTMLInputElement}} */ event) => setLanguage(event.target.value)}>${Object.entries(LANGUAGES).map(([code, one]) => html`
                <option value=${code} lang=${code} ?selected=${code === language}>${one.name}</option>`)}</select>
            <label for="settings-theme">${t('settings.theme')}</label>
            <select id="settings-theme" data-testid="settings-theme" @change=${(/** @type {Event & {target: HTMLInputElement}} */ event) => {
                kept.set('theme', event.target.value);
                applyTheme();
                changed();
            }}>${THEMES.map(one => html`<option value=${one} ?selected=${one === theme}>${t(`settings.theme.${one}`)}</option>`)}</select>
            <h3>${t('settings.notify')}</h3>
            ${permission === 'granted' ? html`<p class="soft">${t('settings.notify.on')}</p>`
                : permission === 'default' ? html`<button class="secondary" data-testid="settings-notify" @click=${ask}>${t('settings.notify.ask')}</button>`
                : html`<p class="soft">${t(permission === 'denied' ? 'settings.notify.blocked' : 'settings.notify.missing')}</p>`}
            <label class="check"><input type="checkbox" data-testid="settings-sound" ?checked=${kept.get('sound') !== 'off'}
                @change=${(/** @type {Event & {target: HTMLInputElement}} */ event) => kept.set('sound', event.target.checked ? 'on' : 'off')}> ${t('settings.sound')}</label>
            <hr>
            <button class="danger" data-testid="settings-leave" @click=${forget}>${t('settings.leave')}</button>
            <p class="hint">${t('settings.leave.hint')}</p>
        </div>
    </dialog>`;
}
