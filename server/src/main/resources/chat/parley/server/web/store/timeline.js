// @ts-check
/** A room's messages as a window without holes over the whole conversation, in order of `seq`. */
/** @typedef {import('./state.js').Message} Message @typedef {import('./state.js').Room} Room */

/**
 * Puts a message where it belongs: in the place of its older form, or in order. What lies before the window, or after one
 * that does not reach the newest, is left out: a page brings it later.
 *
 * @param {Room} room @param {Message} message @param {number} most messages kept @returns {Room}
 */
export function place(room, message, most) {
    const {messages} = room;
    const index = messages.findLastIndex(known => known.seq <= message.seq);
    const known = messages[index];
    if (known?.seq === message.seq) {
        return known.change >= message.change ? room : {...room, messages: messages.with(index, message)};
    }
    const within = index >= 0 && index < messages.length - 1;
    const newest = index === messages.length - 1 && room.atEnd;
    if (!within && !newest) {
        return room;
    }
    return bounded({
        ...room,
        messages: messages.toSpliced(index + 1, 0, message),
        atStart: messages.length === 0 ? message.seq === 1 : room.atStart,
    }, most, room.attending ? 'newest' : 'oldest');
}

/** Puts an earlier page in front. @param {Room} room @param {readonly Message[]} page @param {number} most @returns {Room} */
export function prepend(room, page, most) {
    const first = room.messages[0]?.seq ?? Infinity;
    const earlier = page.filter(message => message.seq < first);
    const messages = [...earlier, ...room.messages];
    return bounded({...room, messages, atStart: page.length === 0 || messages[0]?.seq === 1}, most, 'oldest');
}

/** Puts a later page behind. @param {Room} room @param {readonly Message[]} page @param {number} most @returns {Room} */
export function append(room, page, most) {
    const last = room.messages.at(-1)?.seq ?? 0;
    const messages = [...room.messages, ...page.filter(message => message.seq > last)];
    return bounded({...room, messages, atEnd: (messages.at(-1)?.seq ?? 0) >= room.seq}, most, 'newest');
}

/** @param {Room} room @param {number} most @param {'newest' | 'oldest'} side the side to keep @returns {Room} */
function bounded(room, most, side) {
    const {messages} = room;
    if (messages.length <= most) {
        return room;
    }
    return side === 'newest'
        ? {...room, messages: messages.slice(-most), atStart: false}
        : {...room, messages: messages.slice(0, most), atEnd: false};
}
