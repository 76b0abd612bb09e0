// @ts-check
/** The icons, drawn for this client: strokes on a grid of 24. */
import {svg, html} from '../lit-html/lit-html.js';

const PATHS = {
    menu: svg`<path d="M4 7h16M4 12h16M4 17h16"/>`,
    close: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
    people: svg`<circle cx="9" cy="8" r="3.2"/><path d="M3 19c.6-3.4 2.9-5 6-5s5.4 1.6 6 5M15.5 5.200a3 3 0 010 5.700M17.5 14.400c2 .6 3.2 2.1 3.5 4.6"/>`,
    search: svg`<circle cx="11" cy="11" r="6"/><path d="M15.5 15.500L20 20"/>`,
    settings: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`,
    smile: svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14c.8 1.4 2 2.1 3.5 2.100s2.7-.7 3.5-2.100M9 9.500v.5M15 9.500v.5"/>`,
    send: svg`<path d="M5 12L4 4.5 20.5 12 4 19.5 5 12zm0 0h7"/>`,
    reply: svg`<path d="M10 6L4.5 11.5 10 17M5 11.500h8c4 0 6 2 6.5 6"/>`,
    edit: svg`<path d="M5 19l.8-3.800L16 5l3 3L8.8 18.2 5 19z"/>`,
    trash: svg`<path d="M5 7h14M10 7V5h4v2M7 7l.8 12h8.400L17 7"/>`,
    link: svg`<path d="M10 14a3.5 3.5 0 005 0l3-3a3.5 3.5 0 00-5-5l-1 1M14 10a3.5 3.5 0 00-5 0l-3 3a3.5 3.5 0 005 5l1-1"/>`,
    down: svg`<path d="M12 5v14M6 13l6 6 6-6"/>`,
    check: svg`<path d="M5 12.500l4.5 4.500L19 7.5"/>`,
    plus: svg`<path d="M12 5v14M5 12h14"/>`,
};

/** @typedef {keyof typeof PATHS} IconName */

/** @param {IconName} name */
export function icon(name) {
    return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}
