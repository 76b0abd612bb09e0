// @ts-check
/** Emoji to choose from, by looking or by name. */
import {html} from '../lit-html/lit-html.js';
import {groups, search as find} from '../markdown/emoji.js';
import {t} from '../text/i18n.js';
import {composes} from './composition.js';

/** @param {{search: string, searched: (text: string) => void, pick: (emoji: string) => void, close: () => void}} props */
export function emojiPicker({search, searched, pick, close}) {
    const found = search === '' ? groups.flatMap(([, list]) => list) : find(search, 60);
    const key = (/** @type {KeyboardEvent} */ event) => {
        if (composes(event)) {
            return;
        }
        if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            close();
        } else if (event.key === 'Enter') {
            event.preventDefault();
            const focused = document.activeElement;
            // Who types fast is ahead of what was drawn.
            const typed = focused instanceof HTMLInputElement ? focused.value : search;
            const chosen = focused instanceof HTMLButtonElement ? focused.textContent?.trim() : find(typed, 1)[0]?.emoji;
            if (chosen) {
                pick(chosen);
            }
        }
    };
    return html`<div class="emoji-picker" role="dialog" aria-label=${t('composer.emoji')} data-testid="emoji-picker" @keydown=${key}>
        <input id="emoji-search" type="text" .value=${search} placeholder=${t('emoji.search')} aria-label=${t('emoji.search')}
            @input=${(/** @type {Event & {target: HTMLInputElement}} */ event) => searched(event.target.value)}>
        <div class="grid">${found.length === 0 ? html`<p class="soft">${t('emoji.none')}</p>` : found.map(one => html`
            <button type="button" data-testid="emoji" data-shortcode=${one.shortcode} title=":${one.shortcode}:"
                aria-label=${one.shortcode.replaceAll('_', ' ')} @click=${() => pick(one.emoji)}>${one.emoji}</button>`)}</div>
    </div>`;
}
