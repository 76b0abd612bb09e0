// @ts-check
/** Keeps the shell, so that the client opens without a network. Never touches the API: what is said lives on the server. */
const CACHE = 'parley-{{version}}';
const BASE = '{{base}}/';

self.addEventListener('install', event => {
    event.waitUntil(caches.open(CACHE).then(cache => cache.add('/')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
    event.waitUntil(caches.keys()
        .then(names => Promise.all(names.filter(name => name !== CACHE).map(name => caches.delete(name))))
        .then(() => self.clients.claim()));
});

self.addEventListener('fetch', event => {
    const {request} = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== location.origin) {
        return;
    }
    if (request.mode === 'navigate' && (url.pathname === '/' || url.pathname.startsWith('/r/'))) {
        event.respondWith(fetch(request).catch(() => caches.match('/')));
    } else if (url.pathname.startsWith(BASE)) {
        event.respondWith(caches.match(request).then(kept => kept ?? fetchAndKeep(request)));
    }
});

/** @param {Request} request */
async function fetchAndKeep(request) {
    const response = await fetch(request);
    if (response.ok) {
        const cache = await caches.open(CACHE);
        await cache.put(request, response.clone());
    }
    return response;
}
