// @ts-check
/** What the store's tests begin with: people, frames, and a room that somebody is in. */

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function given(base) {
    const {initial} = await import(`${base}store/state.js`);
    const {receive} = await import(`${base}store/frames.js`);
    const actions = await import(`${base}store/actions.js`);

    const me = {id: 'me', name: 'Nik', guest: true};
    const ada = {id: 'ada', name: 'Ada', guest: true};
    const NOW = Date.parse('2026-11-22T12:00:00Z');

    /** @param {any} state @param {...any} frames */
    const after = (state, ...frames) => frames.reduce((now, frame) => receive(now, frame, NOW), state);
    const welcome = {type: 'welcome', user: me, heartbeat: 25};
    /** @param {number} seq @param {any} [more] */
    const joined = (seq, more = {}) =>
        ({type: 'joined', room: '4', epoch: 'e', seq, change: seq, online: 1, topic: null, reset: false, ...more});
    const live = (/** @type {number} */ change) => ({type: 'live', room: '4', change});
    /** @param {number} seq @param {any} [more] */
    const message = (seq, more = {}) => ({
        type: 'message', room: '4', seq, change: seq, author: ada, text: `m${seq}`, at: '2026-11-22T12:00:00.000Z', editedAt: null,
        deleted: false, replyTo: null, ...more,
    });
    const range = (/** @type {number} */ from, /** @type {number} */ to) =>
        Array.from({length: to - from + 1}, (_, index) => message(from + index));
    /** @param {number} last */
    const inRoom = last => after(actions.entered(after(initial, welcome), '4'), joined(last), ...range(Math.max(1, last - 49), last), live(last));
    const seqs = (/** @type {any} */ state) => state.rooms.get('4').messages.map((/** @type {any} */ one) => one.seq);
    /** @param {string} id @param {string} text */
    const waiting = (id, text) =>
        ({id, room: '4', text, replyTo: null, at: '2026-11-22T12:00:00.000Z', state: 'sending', problem: null, seq: null, sure: false});

    /** @param {unknown} is @param {unknown} should */
    const equal = (is, should) => {
        if (JSON.stringify(is) !== JSON.stringify(should)) {
            throw new Error(`${JSON.stringify(is)} is not ${JSON.stringify(should)}`);
        }
    };

    return {NOW, ada, after, equal, inRoom, joined, live, me, message, range, seqs, waiting, welcome};
}
