// @ts-check
/** Tells when another day begins, since "Today" is then another one. */
import {dayOf} from '../text/dates.js';

/** A computer that sleeps holds timers up, so the clock is looked at as often, in milliseconds. */
const EVERY = 60_000;

/** @param {() => void} begins called once for each new day, in the reader's zone */
export function onMidnight(begins) {
    let today = dayOf(Date.now());
    const look = () => {
        const now = dayOf(Date.now());
        if (now !== today) {
            today = now;
            begins();
        }
    };
    const wait = () => setTimeout(() => {
        look();
        wait();
    }, Math.min(EVERY, untilMidnight()));
    wait();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
}

/** In milliseconds; at least one, so that a clock which is a little late does not turn in a circle. */
function untilMidnight() {
    const now = new Date();
    return Math.max(1, new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime());
}
