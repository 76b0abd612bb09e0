// @ts-check
/** The catalogue of the user's language. English fills what another lacks. */
import english from '../languages/en.js';
import {kept} from '../storage.js';

/** @type {Record<string, {name: string, direction: 'ltr' | 'rtl'}>} */
export const LANGUAGES = {
    en: {name: 'English', direction: 'ltr'},
    es: {name: 'Español', direction: 'ltr'},
    de: {name: 'Deutsch', direction: 'ltr'},
    he: {name: 'עברית', direction: 'rtl'},
};

/** @typedef {Record<string, string | Record<string, string>>} Catalogue */

export let language = 'en';
/** @type {Catalogue} */
let catalogue = english;

/**
 * Loads the language that was chosen, or the first one that the browser wants and we have. Rejects where its file cannot be
 * had, and the one before stays.
 */
export async function loadLanguage() {
    const wanted = [kept.get('language'), ...navigator.languages.map(one => one.split('-')[0])];
    const chosen = wanted.find(one => one !== null && Object.hasOwn(LANGUAGES, one)) ?? 'en';
    catalogue = chosen === 'en' ? english : (await import(`../languages/${chosen}.js`)).default;
    language = chosen;
    document.documentElement.lang = language;
    document.documentElement.dir = LANGUAGES[language].direction;
}

/**
 * The text for a key, with `{name}` filled in. A text with plural forms chooses by `n`.
 *
 * @param {string} key @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
    const entry = catalogue[key] ?? english[/** @type {keyof typeof english} */ (key)] ?? key;
    const text = typeof entry === 'string'
        ? entry
        : entry[new Intl.PluralRules(language).select(Number(values.n))] ?? entry.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
    });
}
