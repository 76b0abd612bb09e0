// @ts-check
/** A person's mark: the first letters of the name, in a colour that stays with the id. */
import {html} from '../lit-html/lit-html.js';

/** As many as style/tokens.css has, each in two shades. */
const HUES = 16;

/** The classes of a person's colour, by FNV-1a of the id. @param {{id: string}} user */
export function hue({id}) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < id.length; at++) {
        hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
    }
    hash = (hash ^ (hash >>> 15)) >>> 0;
    return `hue-${hash % HUES}${hash & HUES ? ' deep' : ''}`;
}

/** @param {{id: string, name: string}} user */
export function avatar(user) {
    const words = user.name.split(/[\s_.-]+/).filter(word => word.length > 0);
    const letters = words.length > 1 ? [words[0], words[1]].map(word => [...word][0]).join('') : [...user.name].slice(0, 2).join('');
    return html`<span class="avatar ${hue(user)}" aria-hidden="true">${letters.toUpperCase()}</span>`;
}
