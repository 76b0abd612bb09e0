// @ts-check
/** Where one writes: Enter sends, Shift+Enter breaks the line, ↑ in an empty field edits the last message. */
import {html, nothing} from '../lit-html/lit-html.js';
import {replaceShortcodes} from '../markdown/emoji.js';
import {t} from '../text/i18n.js';
import {composes} from './composition.js';
import {emojiPicker} from './emoji-picker.js';
import {icon} from './icons.js';
import {countView, left, longView} from './length.js';
import {complete} from './suggestions.js';

/** @typedef {import('../store/state.js').Message} Message @typedef {{kind: 'reply' | 'edit', message: Message}} Context */
/** What was begun in a room: `text` is the form of a message that is being edited. @typedef {{context: Context, text: string}} Begun */

export class Composer {
    /** @type {import('./suggestions.js').Completion | null} */
    #completion = null;
    #chosen = 0;
    #picking = false;
    #emojiSearch = '';
    /** @type {Context | null} */
    #context = null;
    /** What one is answering or editing in rooms that are not shown. @type {Map<string, Begun>} */
    #elsewhere;
    #shownRoom = '';
    /** The page draws another field after it has asked for a name. @type {HTMLTextAreaElement | null} */
    #shownField = null;

    /**
     * @param {{say: (text: string, replyTo: number | null) => void, edit: (message: Message, text: string) => Promise<void>,
     *   typing: () => void, lastOwn: () => Message | null, names: () => string[], changed: () => void,
     *   draft: {get: (room: string) => string, set: (room: string, text: string) => void},
     *   begun: {get: () => [string, Begun][], set: (list: [string, Begun][]) => boolean}}} owner
     */
    constructor(owner) {
        this.owner = owner;
        this.#elsewhere = new Map(owner.begun.get());
    }

    get #field() {
        return /** @type {HTMLTextAreaElement | null} */ (document.getElementById('composer'));
    }

    /** Closes what is open over the field. */
    fold() {
        if (this.#picking || this.#completion) {
            this.#picking = false;
            this.#completion = null;
            this.owner.changed();
        }
    }

    focus() {
        this.#field?.focus();
    }

    /** @param {Message} message */
    reply(message) {
        this.#context = {kind: 'reply', message};
        this.owner.changed();
        this.focus();
    }

    /** @param {Message} message */
    edit(message) {
        this.#context = {kind: 'edit', message};
        this.owner.changed();
        this.#write(message.text);
        this.focus();
    }

    /** Keeps what is being written for after a reload, and says whether that worked. */
    keep() {
        const begun = new Map(this.#elsewhere);
        if (this.#context) {
            begun.set(this.#shownRoom, {context: this.#context, text: this.#field?.value ?? ''});
        }
        return this.owner.begun.set([...begun]);
    }

    #cancel() {
        const editing = this.#context?.kind === 'edit';
        this.#context = null;
        if (editing) {
            this.#write(this.owner.draft.get(this.#shownRoom));
        }
        this.owner.changed();
        this.focus();
    }

    /** @param {string} text */
    #write(text) {
        const field = this.#field;
        if (field) {
            field.value = text;
            field.setSelectionRange(text.length, text.length);
            this.#fit();
        }
    }

    /** Makes the field as high as its text. What is around it keeps its height meanwhile, or the conversation would move. */
    #fit() {
        const field = this.#field;
        const frame = field?.parentElement;
        if (field && frame) {
            frame.style.minHeight = `${frame.offsetHeight}px`;
            field.style.height = 'auto';
            field.style.height = `${field.scrollHeight}px`;
            frame.style.minHeight = '';
        }
    }

    /** After the page shows a room. @param {string} room */
    shown(room) {
        if (room !== this.#shownRoom || this.#field !== this.#shownField) {
            if (this.#context && this.#field === this.#shownField) {
                this.#elsewhere.set(this.#shownRoom, {context: this.#context, text: this.#field?.value ?? ''});
            }
            const before = this.#elsewhere.get(room);
            this.#elsewhere.delete(room);
            this.#shownRoom = room;
            this.#shownField = this.#field;
            this.#context = before?.context ?? null;
            this.#completion = null;
            this.#picking = false;
            this.#write(before?.context.kind === 'edit' ? before.text : this.owner.draft.get(room));
            this.owner.changed();
        }
    }

    #send() {
        const field = this.#field;
        const text = replaceShortcodes(field?.value ?? '');
        if (!field || text.trim() === '' || left(text) < 0) {
            return;
        }
        const context = this.#context;
        this.#context = null;
        this.#completion = null;
        this.#picking = false;
        if (context?.kind === 'edit') {
            this.#write(this.owner.draft.get(this.#shownRoom));
            if (text !== context.message.text) {
                this.owner.edit(context.message, text).catch(() => {
                    if (!this.#context && this.#field?.value === '') {
                        this.edit(context.message);
                        this.#write(text);
                    }
                });
            }
        } else {
            this.owner.draft.set(this.#shownRoom, '');
            this.#write('');
            this.owner.say(text, context?.message.seq ?? null);
        }
        this.owner.changed();
    }

    #typed() {
        const field = this.#field;
        if (!field) {
            return;
        }
        this.#fit();
        this.#completion = complete(field.value, field.selectionStart, this.owner.names());
        this.#chosen = 0;
        if (this.#context?.kind !== 'edit') {
            this.owner.draft.set(this.#shownRoom, field.value);
        }
        if (field.value !== '') {
            this.owner.typing();
        }
        this.owner.changed();
    }

    /** @param {number} index */
    #take(index) {
        const completion = this.#completion;
        const field = this.#field;
        const suggestion = completion?.list[index];
        if (completion && field && suggestion) {
            field.setRangeText(suggestion.insert, completion.start, completion.end, 'end');
            field.focus();
            this.#typed();
            this.#completion = null;
            this.owner.changed();
        }
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
        if (composes(event)) {
            return;
        }
        const list = this.#completion?.list ?? [];
        const act = (/** @type {() => void} */ action) => {
            event.preventDefault();
            action();
            this.owner.changed();
        };
        if (list.length > 0 && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
            act(() => (this.#chosen = (this.#chosen + (event.key === 'ArrowDown' ? 1 : list.length - 1)) % list.length));
        } else if (list.length > 0 && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
            act(() => this.#take(this.#chosen));
        } else if (list.length > 0 && event.key === 'Escape') {
            act(() => (this.#completion = null));
        } else if (event.key === 'Enter' && !event.shiftKey) {
            act(() => this.#send());
        } else if (event.key === 'Escape' && this.#context) {
            act(() => this.#cancel());
        } else if (event.key === 'ArrowUp' && this.#field?.value === '' && !this.#context) {
            const last = this.owner.lastOwn();
            if (last) {
                act(() => this.edit(last));
            }
        }
    }

    /** @param {string} emoji */
    #insert(emoji) {
        const field = this.#field;
        field?.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
        this.#picking = false;
        this.#typed();
        this.focus();
    }

    /** @param {string} room */
    view(room) {
        const context = this.#context;
        const list = this.#completion?.list ?? [];
        const n = left(this.#field?.value ?? '');
        return html`<form class="composer" @submit=${(/** @type {Event} */ event) => {
            event.preventDefault();
            this.#send();
        }}>
            ${context === null ? nothing : html`<div class="context" data-testid="composer-context">
                <span>${context.kind === 'edit' ? t('composer.editing')
                    : t('composer.replying', {name: context.message.author.name})}</span>
                <button type="button" class="quiet" data-testid="composer-cancel" aria-label=${t('cancel')} title=${t('cancel')}
                    @click=${() => this.#cancel()}>${icon('close')}</button></div>`}
            ${list.length === 0 ? nothing : html`<ul class="suggestions" id="suggestions" role="listbox" aria-label=${t('suggestions')}
                data-testid="suggestions">${list.map((one, index) => html`<li role="option" id="suggestion-${index}"
                    data-testid="suggestion" aria-selected=${index === this.#chosen}
                    @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}
                    @click=${() => this.#take(index)}><bdi>${one.label}</bdi> <span class="soft">${one.hint}</span></li>`)}</ul>`}
            ${this.#picking ? emojiPicker({
                search: this.#emojiSearch,
                searched: text => {
                    this.#emojiSearch = text;
                    this.owner.changed();
                },
                pick: emoji => this.#insert(emoji),
                close: () => {
                    this.#picking = false;
                    this.owner.changed();
                    this.focus();
                },
            }) : nothing}
            <div class="field">
                <textarea id="composer" data-testid="composer-text" rows="1" dir="auto" aria-label=${t('composer', {room})}
                    placeholder=${t('composer', {room})} enterkeyhint="send" aria-describedby=${n < 0 ? 'composer-problem' : nothing}
                    aria-autocomplete="list" aria-controls=${list.length > 0 ? 'suggestions' : nothing}
                    aria-activedescendant=${list.length > 0 ? `suggestion-${this.#chosen}` : nothing}
                    @input=${() => this.#typed()} @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event)}></textarea>
                ${countView(n)}
                <button type="button" class="quiet" data-testid="composer-emoji" title=${t('composer.emoji')}
                    aria-label=${t('composer.emoji')} aria-expanded=${this.#picking} @click=${() => {
                        this.#picking = !this.#picking;
                        this.#emojiSearch = '';
                        this.owner.changed();
                        requestAnimationFrame(() => document.getElementById('emoji-search')?.focus());
                    }}>${icon('smile')}</button>
                <button class="send" data-testid="composer-send" title=${t(context?.kind === 'edit' ? 'composer.save' : 'composer.send')}
                    aria-label=${t(context?.kind === 'edit' ? 'composer.save' : 'composer.send')}
                    ?disabled=${n < 0}>${icon(context?.kind === 'edit' ? 'check' : 'send')}</button>
            </div>
            ${longView(n)}
        </form>`;
    }
}
