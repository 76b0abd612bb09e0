// @ts-check
/** A person's mark: the first letters of the name, in a colour that stays with the id. */
import {html} from '../lit-html/lit-html.js';

const HUES = 10;

/** @param {{id: string, name: string}} user */
export function hue(user) {
    let sum = 7;
    for (const character of user.id) {
        sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
    }
    return `hue-${sum % HUES}`;
}

/** @param {{id: string, name: string}} user */
export function avatar(user) {
    const words = user.name.split(/[\s_.-]+/).filter(word => word.length > 0);
    const letters = words.length > 1 ? [words[0], words[1]].map(word => [...word][0]).join('') : [...user.name].slice(0, 2).join('');
    return html`<span class="avatar ${hue(user)}" aria-hidden="true">${letters.toUpperCase()}</span>`;
}
