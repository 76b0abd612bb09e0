// @ts-check
/** Takes code apart with Prism, away from the page, which ends it where that takes too long. */

// Prism would answer messages by itself.
self.Prism = /** @type {Prism} */ ({manual: true, disableWorkerMessageHandler: true});

/** @type {Set<string>} */
const loaded = new Set();

self.onmessage = ({data: {text, language, scripts}}) => {
    for (const script of scripts) {
        if (!loaded.has(script)) {
            importScripts(new URL(`../prism/${script}.js`, location.href).href);
            loaded.add(script);
        }
    }
    self.postMessage('loaded');
    self.postMessage(self.Prism?.tokenize(text, self.Prism.languages[language]));
};
