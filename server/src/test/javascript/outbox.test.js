// @ts-check
/** What is to be stored goes in order, once at a time, and waits where it is told to; and how far is read is told seldom, but told. */
import {given} from './given.js';
import {withTime} from './time.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {Outbox} = await import(`${base}net/outbox.js`);
    const {Reads} = await import(`${base}reads.js`);
    const {pause} = await import(`${base}store/frames.js`);
    const {equal} = await given(base);

    const send = (/** @type {string} */ id, room = '4') => ({type: 'send', ref: `send:${id}`, id, room, text: id});
    const sent = (/** @type {string} */ id) => ({type: 'sent', ref: `send:${id}`, id, room: '4', seq: 1, change: 1});
    const refused = (/** @type {string} */ ref, /** @type {any} */ more) => ({type: 'error', ref, code: 'busy', title: '', detail: 'No.', ...more});

    const outbox = () => {
        const line = {online: true, asked: /** @type {string[]} */ ([]), box: /** @type {any} */ (null), frames: /** @type {any[]} */ ([])};
        line.box = new Outbox((/** @type {any} */ frame) => {
            if (line.online) {
                line.asked.push(frame.ref);
                line.frames.push(frame);
            }
            return line.online;
        });
        return line;
    };
    const reads = () => {
        const line = {online: true, told: /** @type {number[][]} */ ([]), left: /** @type {any[]} */ ([]), last: '', marks: /** @type {any} */ (null)};
        line.marks = new Reads((/** @type {any} */ frame) => {
            if (line.online) {
                line.told.push([frame.room, frame.seq]);
                line.last = frame.ref;
            }
            return line.online;
        }, (/** @type {string} */ room, /** @type {number} */ seq) => line.left.push([room, seq]));
        return line;
    };

    return {
        onlyTheOldestOfARoomIsUnderWay() {
            const line = outbox();
            line.box.put(send('a'));
            line.box.put(send('b'));
            line.box.put(send('c', '5'));
            equal(line.asked, ['send:a', 'send:c']);
            equal([line.box.answer(sent('b')), line.box.answer(sent('a')), line.box.answer(sent('a'))], [false, true, false]);
            equal(line.asked, ['send:a', 'send:c', 'send:b']);
        },
        whatIsRefusedForTheMomentIsAskedAgainAndNothingOvertakesIt: () => withTime(time => {
            for (const code of ['busy', 'rate_limited', 'unavailable']) {
                const line = outbox();
                line.box.put(send('a'));
                line.box.put(send('b'));
                equal(line.box.answer(refused('send:a', {code, retryAfter: 3})), true);
                line.box.put(send('c'));
                time.pass(2_999);
                equal(line.asked, ['send:a']);
                time.pass(1);
                equal(line.asked, ['send:a', 'send:a']);
                line.box.answer(sent('a'));
                line.box.answer(sent('b'));
                equal(line.asked, ['send:a', 'send:a', 'send:b', 'send:c']);
                equal(line.frames[0], line.frames[1]);
            }
        }),
        whatIsRefusedForGoodMakesWayForTheNext() {
            const line = outbox();
            /** @type {any[]} */
            const answers = [];
            line.box.put(send('a'), (/** @type {any} */ answer) => answers.push(answer.code));
            line.box.put(send('b'));
            equal(line.box.answer(refused('send:a', {code: 'invalid'})), true);
            equal([answers, line.asked], [['invalid'], ['send:a', 'send:b']]);
        },
        whatWasUnderWayWhenTheLineBrokeGoesFirstOnTheNext() {
            const line = outbox();
            line.box.put(send('a'));
            line.box.put(send('b'));
            line.online = false;
            line.box.lost();
            line.box.put(send('c'));
            line.online = true;
            line.box.opened();
            ['a', 'b', 'c'].forEach(id => line.box.answer(sent(id)));
            equal(line.asked, ['send:a', 'send:a', 'send:b', 'send:c']);
        },
        aNewConnectionWaitsNoLonger: () => withTime(() => {
            const line = outbox();
            line.box.put(send('a'));
            line.box.answer(refused('send:a', {retryAfter: 30}));
            line.box.lost();
            line.box.opened();
            equal(line.asked, ['send:a', 'send:a']);
        }),
        anEditIsNotAskedAgainOnANewConnectionAndSaysSo() {
            const line = outbox();
            /** @type {any[]} */
            const answers = [];
            line.box.put({type: 'edit', ref: 'ask:1', room: '4', seq: 1, text: 'x'}, (/** @type {any} */ answer) => answers.push(answer));
            line.box.put(send('a'));
            line.box.lost();
            line.box.opened();
            equal([answers, line.asked], [[null], ['ask:1', 'send:a']]);
        },
        whatIsDiscardedIsNotAsked: () => withTime(time => {
            const line = outbox();
            line.box.put(send('a'));
            line.box.answer(refused('send:a', {retryAfter: 1}));
            line.box.put(send('b'));
            line.box.drop('4', 'send:a');
            equal(line.asked, ['send:a', 'send:b']);
            time.pass(2_000);
            equal(line.asked, ['send:a', 'send:b']);
        }),
        whoSaysWhenOrThatItPassesIsAskedAgain() {
            equal([refused('', {retryAfter: 2}), refused('', {code: 'rate_limited', retryAfter: 0}), refused('', {}), refused('', {code: 'unavailable'}),
                refused('', {code: 'invalid'}), {type: 'sent', code: 'busy'}].map(pause), [2_000, 1_000, 1_000, 1_000, null, null]);
        },
        aRoomsMarkIsToldOnceASecondAndTheLastOneForSure: () => withTime(time => {
            const line = reads();
            for (let seq = 1; seq <= 160; seq++) {
                line.marks.mark('4', seq);
                time.pass(20);
            }
            equal(line.told, [['4', 1], ['4', 50], ['4', 100], ['4', 150]]);
            time.pass(1_000);
            equal(line.told.at(-1), ['4', 160]);
            time.pass(60_000);
            equal(line.told.length, 5);
        }),
        roomsDoNotWaitForEachOther: () => withTime(() => {
            const line = reads();
            line.marks.mark('4', 1);
            line.marks.mark('5', 1);
            line.marks.mark('4', 1);
            equal(line.told, [['4', 1], ['5', 1]]);
        }),
        whatWaitsIsToldBeforeThePageGoes: () => withTime(() => {
            const line = reads();
            line.marks.mark('4', 1);
            line.marks.mark('4', 9);
            window.dispatchEvent(new Event('pagehide'));
            equal(line.left, [['4', 9]]);
        }),
        whatWaitsIsToldWhenThePageIsHidden: () => withTime(time => {
            const line = reads();
            line.marks.mark('4', 1);
            line.marks.mark('4', 9);
            Object.defineProperty(document, 'hidden', {value: true, configurable: true});
            try {
                document.dispatchEvent(new Event('visibilitychange'));
            } finally {
                delete (/** @type {any} */ (document).hidden);
            }
            equal(line.told, [['4', 1], ['4', 9]]);
            line.marks.mark('4', 10);
            time.pass(999);
            equal(line.told.length, 2);
            time.pass(1);
            equal(line.told.at(-1), ['4', 10]);
        }),
        whatTheBreakMayHaveSwallowedIsToldAgain: () => withTime(time => {
            const line = reads();
            line.marks.mark('4', 1);
            time.pass(100_000);
            line.marks.mark('5', 1);
            line.marks.mark('7', 3);
            line.online = false;
            line.marks.lost();
            line.marks.mark('5', 2);
            line.marks.mark('6', 7);
            time.pass(5_000);
            line.online = true;
            line.marks.opened();
            equal(line.told, [['4', 1], ['5', 1], ['7', 3], ['5', 2], ['7', 3], ['6', 7]]);
        }),
        aMarkOnlyMovesForward: () => withTime(time => {
            const line = reads();
            line.marks.mark('4', 9);
            line.marks.mark('4', 5);
            time.pass(5_000);
            equal(line.told, [['4', 9]]);
            line.marks.lost();
            line.marks.opened();
            equal(line.told, [['4', 9], ['4', 9]]);
        }),
        aMarkThatIsRefusedWhileNothingNewIsReadIsToldAgain: () => withTime(time => {
            const line = reads();
            line.marks.mark('4', 1);
            line.marks.answer(refused(line.last, {retryAfter: 2}));
            time.pass(10_000);
            equal(line.told, [['4', 1], ['4', 1]]);
        }),
        aMarkThatIsRefusedForTheMomentIsToldAgain: () => withTime(time => {
            const line = reads();
            line.marks.mark('4', 1);
            equal(line.marks.answer(refused(line.last, {code: 'rate_limited', retryAfter: 2})), true);
            equal(line.marks.answer(refused('other', {retryAfter: 2})), false);
            line.marks.mark('4', 2);
            time.pass(1_999);
            equal(line.told, [['4', 1]]);
            time.pass(1);
            equal(line.told, [['4', 1], ['4', 2]]);
        }),
    };
}
