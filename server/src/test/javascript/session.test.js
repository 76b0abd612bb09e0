// @ts-check
/** The session's promises: whatever the server refuses for the moment is asked again, in order, and nothing is lost on the way. */
import {given} from './given.js';
import {Line} from './socket.js';
import {withTime} from './time.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {initial, unread} = await import(`${base}store/state.js`);
    const actions = await import(`${base}store/actions.js`);
    const {Store} = await import(`${base}store/store.js`);
    const {Session} = await import(`${base}session.js`);
    const {browser, kept} = await import(`${base}storage.js`);
    const {equal, joined, live, me, message} = await given(base);

    /** Somebody online, in a room of which the newest message is `seq`. @param {(line: any, time: any) => void} test */
    const online = test => withTime(time => {
        const real = window.fetch;
        const line = new Line();
        /** @type {string[]} */
        const failed = [];
        window.fetch = () => new Promise(() => {});
        kept.set('token', 't');
        const store = new Store(initial);
        const session = new Session(store, {
            refused: () => {}, message: () => {}, listed: () => {}, full: () => {}, failed: (/** @type {string} */ sentence) => failed.push(sentence),
        });
        try {
            session.enter('4');
            session.start(null);
            line.welcomes();
            test(Object.assign(line, {store, session, failed}), time);
        } finally {
            session.forget();
            line.end();
            window.fetch = real;
        }
    });
    const refused = (/** @type {any} */ frame, /** @type {any} */ more) =>
        ({type: 'error', ref: frame.ref, code: 'unavailable', title: '', detail: 'Not now.', ...more});
    const texts = (/** @type {any} */ line) => line.heard('send').map((/** @type {any} */ frame) => frame.text);
    /** Whether the page asks before it is left. */
    const asks = () => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}));

    return {
        aJoinThatIsRefusedForTheMomentIsTriedAgain: () => online((line, time) => {
            line.says(refused(line.heard('join')[0], {retryAfter: 4}));
            time.pass(3_999);
            equal(line.heard('join').length, 1);
            time.pass(1);
            equal(line.heard('join').map((/** @type {any} */ frame) => [frame.room, frame.last]), [['4', 50], ['4', 50]]);
            line.says(refused(line.heard('join')[1], {code: 'rate_limited', retryAfter: 1}));
            time.pass(1_000);
            equal([line.heard('join').length, line.failed], [3, []]);
            line.says({...joined(0), ref: line.heard('join')[2].ref}, live(0));
            time.pass(20_000);
            equal([line.heard('join').length, line.store.state.rooms.get('4').live], [3, true]);
        }),
        whatWasSeenBeforeItWasKnownHowFarTheRoomWasReadIsRead: () => online(line => {
            line.says({...joined(2), ref: line.heard('join')[0].ref}, message(1), message(2), live(2));
            line.session.attend('4', true);
            line.session.attend('4', false);
            line.says(message(3));
            equal(line.heard('read').length, 0);
            line.store.apply(actions.readKnown, '4', 1);
            line.session.listings.owner.known('4');
            equal([unread(line.store.state.rooms.get('4')), line.heard('read').map((/** @type {any} */ frame) => frame.seq)], [1, [2]]);
        }),
        whoGoesElsewhereBeforeTheirMessageIsThereHasReadIt: () => online(line => {
            line.says({...joined(2), ref: line.heard('join')[0].ref}, message(1), message(2), live(2));
            line.store.apply(actions.readKnown, '4', 2);
            line.session.attend('4', false);
            line.says(message(3, {author: me}), message(4), message(5, {author: me}));
            equal([unread(line.store.state.rooms.get('4')), line.heard('read').map((/** @type {any} */ frame) => frame.seq)], [2, [3]]);
        }),
        aJoinThatIsRefusedForGoodIsSaid: () => online((line, time) => {
            line.says(refused(line.heard('join')[0], {code: 'too_many_rooms'}));
            time.pass(20_000);
            equal([line.heard('join').length, line.failed], [1, ['Not now.']]);
        }),
        aRoomThatIsLeftMeanwhileIsNotJoinedAgain: () => online((line, time) => {
            line.session.enter('5');
            line.says(refused(line.heard('join')[0], {retryAfter: 1}));
            line.session.leave('4');
            time.pass(2_000);
            line.says({type: 'left', room: '4'}, refused({}, {code: 'not_joined'}));
            equal(line.failed, []);
            equal([line.heard('join').map((/** @type {any} */ frame) => frame.room), [...line.store.state.rooms.keys()]], [['4', '5'], ['5']]);
        }),
        aRoomThatIsAskedForAnewMeanwhileIsNotAskedForTwice: () => online((line, time) => {
            line.says(refused(line.heard('join')[0], {retryAfter: 4}));
            line.session.newest('4');
            line.says({...joined(0), ref: line.heard('join')[1].ref}, live(0));
            time.pass(9_000);
            equal(line.heard('join').length, 2);
        }),
        aJoinThatWaitsIsNotAskedTwiceOnANewConnection: () => online((line, time) => {
            line.says(refused(line.heard('join')[0], {retryAfter: 30}));
            line.closes(1006);
            time.pass(1_000);
            line.welcomes();
            line.says({...joined(0), ref: line.heard('join')[0].ref}, live(0));
            time.pass(24_000);
            equal(line.heard('join').length, 1);
        }),
        whatIsRefusedForTheMomentKeepsItsPlaceBeforeWhatIsSaidLater: () => online((line, time) => {
            line.says(joined(0), live(0));
            line.session.say('4', 'one', null);
            line.session.say('4', 'two', null);
            line.says(refused(line.heard('send')[0], {code: 'busy', retryAfter: 2}));
            equal(line.store.state.pending.map((/** @type {any} */ one) => one.state), ['sending', 'sending']);
            line.session.say('4', 'three', null);
            time.pass(2_000);
            for (let seq = 1; seq <= 3; seq++) {
                const frame = line.heard('send').at(-1);
                line.says({type: 'sent', ref: frame.ref, id: frame.id, room: '4', seq, change: seq}, message(seq, {author: me, text: frame.text}));
            }
            equal([texts(line), line.store.state.pending, line.failed], [['one', 'one', 'two', 'three'], [], []]);
        }),
        whatIsRefusedForGoodIsShownAndCanBeSentBehindTheOthers: () => online(line => {
            line.says(joined(0), live(0));
            line.session.say('4', 'one', null);
            line.session.say('4', 'two', null);
            line.says(refused(line.heard('send')[0], {code: 'invalid'}));
            equal(line.store.state.pending.map((/** @type {any} */ one) => [one.state, one.problem]), [['failed', 'Not now.'], ['sending', null]]);
            line.session.retry(line.store.state.pending[0].id);
            equal(texts(line), ['one', 'two']);
            const frame = line.heard('send')[1];
            line.says({type: 'sent', ref: frame.ref, id: frame.id, room: '4', seq: 1, change: 1});
            equal(texts(line), ['one', 'two', 'one']);
        }),
        whatIsSaidOfflineIsSentInOrderOnce: () => online((line, time) => {
            line.says(joined(0), live(0));
            line.session.say('4', 'one', null);
            line.closes(1006);
            line.session.say('4', 'two', null);
            time.pass(1_000);
            line.welcomes();
            equal(texts(line), ['one']);
            for (const seq of [1, 2]) {
                const frame = line.heard('send').at(-1);
                line.says({type: 'sent', ref: frame.ref, id: frame.id, room: '4', seq, change: seq});
            }
            equal([texts(line), line.store.state.pending], [['one', 'two'], []]);
        }),
        thePageAsksBeforeItIsLeftWhileSomethingIsUnsent: () => online(line => {
            line.says(joined(0), live(0));
            equal(asks(), false);
            line.session.say('4', 'one', null);
            equal([asks(), browser.keys('unsent.').length], [true, 1]);
            const frame = line.heard('send')[0];
            line.says({type: 'sent', ref: frame.ref, id: frame.id, room: '4', seq: 1, change: 1});
            equal(asks(), false);
            line.says(message(1, {author: me, text: 'one'}));
            equal(browser.keys('unsent.').length, 0);
            line.session.say('4', 'two', null);
            line.session.gone();
            equal(asks(), false);
        }),
        whatIsDiscardedIsNeverSent: () => online((line, time) => {
            line.says(joined(0), live(0));
            line.session.say('4', 'one', null);
            line.says(refused(line.heard('send')[0], {retryAfter: 1}));
            line.session.discard(line.store.state.pending[0].id);
            time.pass(5_000);
            equal([texts(line), browser.keys('unsent.').length, asks()], [['one'], 0, false]);
        }),
        howFarIsReadIsToldAtMostOnceASecond: () => online((line, time) => {
            line.says(joined(0), live(0), {type: 'read', room: '4', seq: 0});
            line.store.apply((/** @type {any} */ state) =>
                ({...state, rooms: new Map(state.rooms).set('4', {...state.rooms.get('4'), readKnown: true})}));
            for (let seq = 1; seq <= 100; seq++) {
                line.says(message(seq));
                line.session.attend('4', true);
                time.pass(20);
            }
            time.pass(1_000);
            equal(line.heard('read').map((/** @type {any} */ frame) => frame.seq), [1, 50, 100]);
        }),
    };
}
