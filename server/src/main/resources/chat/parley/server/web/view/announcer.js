// @ts-check
/** Reads out what comes, by screen readers: one message at once, and of what comes close behind it only how much it is. */
import {t} from '../text/i18n.js';

/** The time between two announcements, in milliseconds. */
const BETWEEN = 2_000;

export class Announcer {
    #waiting = 0;
    #newest = '';
    #isResting = false;

    /** @param {string} text */
    say(text) {
        if (this.#isResting) {
            this.#waiting++;
            this.#newest = text;
        } else {
            this.#announce(text);
        }
    }

    /** @param {string} text */
    #announce(text) {
        const announcer = document.getElementById('announcer');
        if (announcer) {
            announcer.textContent = text;
        }
        this.#isResting = true;
        setTimeout(() => {
            this.#isResting = false;
            const n = this.#waiting;
            this.#waiting = 0;
            if (n > 0) {
                this.#announce(n === 1 ? this.#newest : t('timeline.newest.count', {n}));
            }
        }, BETWEEN);
    }
}
