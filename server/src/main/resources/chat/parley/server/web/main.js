// @ts-check
/** Starts the client. */
import {App} from './view/app.js';
import {ownScript} from './markdown/highlight.js';
import {loadLanguage} from './text/i18n.js';
import {applyTheme} from './view/settings.js';

applyTheme();
await loadLanguage().catch(() => {});
new App(/** @type {HTMLElement} */ (document.getElementById('app'))).start();

// Needs a secure context; everything else works without.
if ('serviceWorker' in navigator && isSecureContext) {
    navigator.serviceWorker.register(ownScript('/service-worker.js')).catch(() => {});
}
