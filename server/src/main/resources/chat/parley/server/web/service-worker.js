// @ts-check
/**
 * Keeps the client's files, so that it opens without a network, and opens the message of a notification. Never touches the API:
 * what is said lives on the server.
 */
const CACHE = 'parley-{{version}}';
const BASE = '{{base}}/';
const FILES = '{{files}}'.split(' ');

/** How long the server may take for the page until the kept one is shown, in milliseconds. */
const PATIENCE = 4_000;

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener('install', event => {
    event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(['/', ...FILES.map(file => BASE + file)]))
        .then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', event => {
    event.waitUntil(dropOld().then(() => worker.clients.claim()));
});

/** The version before stays: a page of it may still be open and ask for a file that it loads late. */
async function dropOld() {
    const others = (await caches.keys()).filter(name => name !== CACHE);
    await Promise.all(others.slice(0, -1).map(name => caches.delete(name)));
}

worker.addEventListener('fetch', event => {
    const {request} = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== location.origin) {
        return;
    }
    if (request.mode === 'navigate' && isPage(url)) {
        event.respondWith(page(request));
    } else if (url.pathname.startsWith('/assets/')) {
        event.respondWith(caches.match(request).then(kept => kept ?? fetch(request)));
    }
});

/** @param {URL} url */
function isPage({pathname}) {
    return pathname === '/' || pathname.startsWith('/r/');
}

/**
 * The server's page, or the kept one where there is no network, or a poor one, or a server that is being restarted.
 *
 * @param {Request} request
 */
async function page(request) {
    const kept = (await caches.open(CACHE)).match('/');
    const asked = fetch(request).then(async response => (response.status >= 500 ? await kept ?? response : response));
    const late = new Promise(resolve => setTimeout(resolve, PATIENCE)).then(() => kept).then(page => page ?? asked);
    return Promise.race([asked.catch(async e => await kept ?? Promise.reject(e)), late]);
}

worker.addEventListener('notificationclick', event => {
    event.notification.close();
    event.waitUntil(show(event.notification.data));
});

/** Shows an address in a page that is open, the one in front first, or in a new one. @param {string} path */
async function show(path) {
    const pages = (await worker.clients.matchAll({type: 'window', includeUncontrolled: true}))
        .filter(one => isPage(new URL(one.url)));
    const [open] = [...pages].sort((a, b) => Number(b.visibilityState === 'visible') - Number(a.visibilityState === 'visible'));
    if (open) {
        open.postMessage({open: path});
        await open.focus();
    } else {
        await worker.clients.openWindow(path);
    }
}
