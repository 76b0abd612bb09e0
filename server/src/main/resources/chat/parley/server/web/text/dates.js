// @ts-check
/** Times as people read them, in their own zone and language. */
import {language, t} from './i18n.js';

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} name @param {Intl.DateTimeFormatOptions} options */
function format(name, options) {
    const key = `${language} ${name}`;
    let made = formats.get(key);
    if (!made) {
        made = new Intl.DateTimeFormat(language, options);
        formats.set(key, made);
    }
    return made;
}

/** @param {string} at */
export function clock(at) {
    return format('clock', {hour: 'numeric', minute: '2-digit'}).format(new Date(at));
}

/** The clock without its half of the day, for narrow places. @param {string} at */
export function shortClock(at) {
    return format('clock', {hour: 'numeric', minute: '2-digit'}).formatToParts(new Date(at))
        .filter(part => part.type !== 'dayPeriod').map(part => part.value).join('').trim();
}

/** @param {string} at */
export function full(at) {
    return format('full', {dateStyle: 'full', timeStyle: 'medium'}).format(new Date(at));
}

/** The same for all times of one local day. @param {string | number} at */
export function dayOf(at) {
    return new Date(at).toDateString();
}

/** @param {string} at */
export function day(at) {
    const date = new Date(at);
    const today = new Date();
    const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
    if (date.toDateString() === today.toDateString()) {
        return t('today');
    }
    if (date.toDateString() === yesterday.toDateString()) {
        return t('yesterday');
    }
    const options = /** @type {const} */ ({weekday: 'long', day: 'numeric', month: 'long'});
    return date.getFullYear() === today.getFullYear()
        ? format('day', options).format(date)
        : format('long-day', {...options, year: 'numeric'}).format(date);
}
