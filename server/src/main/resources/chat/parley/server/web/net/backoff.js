// @ts-check
/**
 * How long to wait before coming back: a random time of up to one second after the first failure, doubling up to ten ("full
 * jitter", so that all who lost a server do not come back in one moment).
 *
 * @param {number} failures in a row, 1 or more @param {() => number} random 0 to 1 @returns {number} milliseconds
 */
export function backoff(failures, random = Math.random) {
    const most = Math.min(10_000, 1_000 * 2 ** (failures - 1));
    return Math.round(100 + random() * (most - 100));
}
