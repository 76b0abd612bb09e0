// @ts-check
/** Links: they lead to a new page that cannot reach back, and say where to when their text names another place. */

/** @param {string} href http, https or mailto */
export function linkTo(href) {
    const link = document.createElement('a');
    link.href = href;
    if (link.origin !== location.origin) {
        link.target = '_blank';
        link.rel = 'noopener noreferrer nofollow';
    }
    return link;
}

/**
 * Where the link leads, when its text may make one believe something else: it names another site or mailbox, has a user's name
 * before the site, or letters that look like others.
 *
 * @param {HTMLAnchorElement} link with its text
 * @returns {string | null} the site as the network knows it, or the mailbox
 */
export function trueTarget(link) {
    const isMail = link.protocol === 'mailto:';
    const target = isMail ? mailbox(link) : link.host;
    const text = link.textContent.trim();
    if (!isMail && (link.username !== '' || link.password !== '' || link.hostname.split('.').some(part => part.startsWith('xn--')))) {
        return target;
    }
    const same = isMail ? text.toLowerCase().replace(/^mailto:/, '') === target.toLowerCase() : isAddressOf(text, link);
    const own = bare(isMail ? target.slice(target.indexOf('@') + 1) : link.hostname);
    return !same && sitesIn(text).some(site => site !== own) ? target : null;
}

/** @param {HTMLAnchorElement} link */
function mailbox({pathname}) {
    try {
        return decodeURIComponent(pathname);
    } catch {
        return pathname;
    }
}

/** @param {string} text @param {HTMLAnchorElement} link */
function isAddressOf(text, link) {
    const address = /^https?:\/\//i.test(text) ? text : `http://${text}`;
    return !/\s/.test(text) && URL.canParse(address) && new URL(address).host === link.host;
}

/** What in a text reads like the name of a site. @param {string} text */
function sitesIn(text) {
    return text.normalize('NFKC').replace(/\p{Cf}/gu, '').replace(/。/g, '.').split(/[\s@]+/)
        .map(word => /^[^\p{L}\p{N}]*([\p{L}\p{N}\p{M}.-]+)/u.exec(word.slice(word.indexOf('://') < 0 ? 0 : word.indexOf('://') + 3))?.[1] ?? '')
        .map(bare)
        .filter(word => /\.(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/u.test(word));
}

/** @param {string} host */
function bare(host) {
    return host.toLowerCase().replace(/\.+$/, '').replace(/^www\./, '');
}
