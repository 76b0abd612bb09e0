// @ts-check
/** A clock that a test sets forward. */

/**
 * Runs a test while time stands still but for what it lets pass.
 *
 * @template T @param {(time: {pass: (milliseconds: number) => void, waits: () => number[]}) => T} test `waits` tells in how many
 *   milliseconds each timer is due @returns {T}
 */
export function withTime(test) {
    const real = {setTimeout, clearTimeout, setInterval, clearInterval, now: Date.now, random: Math.random};
    /** @type {Map<number, {at: number, every: number | null, run: () => void}>} */
    const timers = new Map();
    let now = 1_800_000_000_000;
    let last = 0;
    const start = (/** @type {number | null} */ every) => (/** @type {() => void} */ run, wait = 0) => {
        timers.set(++last, {at: now + wait, every: every === null ? null : wait, run});
        return last;
    };
    const stop = (/** @type {number} */ id) => void timers.delete(id);
    Object.assign(globalThis, {setTimeout: start(null), setInterval: start(0), clearTimeout: stop, clearInterval: stop});
    Date.now = () => now;
    // Waiting times are as long as they may be.
    Math.random = () => 1;
    const pass = (/** @type {number} */ milliseconds) => {
        const end = now + milliseconds;
        for (;;) {
            const [next] = [...timers].filter(([, one]) => one.at <= end).sort(([, a], [, b]) => a.at - b.at);
            if (!next) {
                break;
            }
            const [id, timer] = next;
            now = timer.at;
            if (timer.every === null) {
                timers.delete(id);
            } else {
                timer.at += timer.every;
            }
            timer.run();
        }
        now = end;
    };
    try {
        return test({pass, waits: () => [...timers.values()].map(one => one.at - now)});
    } finally {
        const {now: dateNow, random, ...functions} = real;
        Object.assign(globalThis, functions);
        Date.now = dateNow;
        Math.random = random;
    }
}
