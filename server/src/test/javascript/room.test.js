// @ts-check
/** A room's window over its conversation, and what the user is told of it. */
import {given} from './given.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {initial, lastOf, mostMessages, people, unread, MOST_MESSAGES, TYPING_LASTS} = await import(`${base}store/state.js`);
    const actions = await import(`${base}store/actions.js`);
    const {Store} = await import(`${base}store/store.js`);
    const {NOW, ada, after, equal, inRoom, joined, me, message, range, seqs, waiting, welcome} = await given(base);

    const room = (/** @type {any} */ state, name = '4') => state.rooms.get(name);
    const known = (/** @type {number} */ last, read = last) => actions.readKnown(inRoom(last), '4', read);
    const resuming = (/** @type {any} */ state) => actions.joining(actions.disconnected(state, 'offline'), '4', true);
    const own = (/** @type {number} */ seq, more = {}) => message(seq, {author: me, ...more});
    const acknowledged = (/** @type {string} */ id, /** @type {number} */ seq) => ({type: 'sent', room: '4', seq, change: seq, id});

    return {
        // ---- the window

        whoReadsEarlierKeepsWhatTheyReadAndTheNewestIsLeftOut() {
            let state = inRoom(50);
            for (const one of range(51, MOST_MESSAGES + 1)) {
                state = after(state, one);
            }
            equal([seqs(state).length, seqs(state)[0], room(state).atEnd, room(state).seq], [MOST_MESSAGES, 1, false, MOST_MESSAGES + 1]);
        },
        whoReadsTheNewestLosesTheOldest() {
            let state = actions.attended(inRoom(50), '4', true);
            for (const one of range(51, 400)) {
                state = after(state, one);
                equal(seqs(state).length, Math.min(one.seq, MOST_MESSAGES));
            }
            equal([seqs(state)[0], room(state).atStart, room(state).atEnd], [101, false, true]);
        },
        aHigherWindowHoldsMore() {
            equal([0, 3_000, 3_001, 9_000].map(mostMessages), [300, 300, 301, 900]);
            const high = actions.sized(actions.attended(inRoom(50), '4', true), 9_000);
            equal(seqs(after(high, ...range(51, 1_000))).length, 900);
            equal([actions.sized(high, 8_999) === high, actions.sized(high, 100).most], [true, 300]);
        },
        pagesThatOverlapDoubleNothing() {
            const state = actions.jumped(inRoom(900), '4', range(100, 149), 125);
            equal(seqs(actions.earlier(state, '4', range(51, 100))), range(51, 149).map(one => one.seq));
            equal(seqs(actions.later(state, '4', range(149, 198))), range(100, 198).map(one => one.seq));
        },
        theBeginningIsReachedByItsFirstMessageOrByAnEmptyPage() {
            const state = actions.jumped(inRoom(900), '4', range(100, 149), 125);
            equal([range(50, 99), range(1, 99), []].map(page => room(actions.earlier(state, '4', page)).atStart), [false, true, true]);
            equal([1, 2].map(first => room(actions.jumped(inRoom(900), '4', range(first, 50), 30)).atStart), [true, false]);
        },
        theEndIsReachedByTheNewestMessage() {
            const state = actions.jumped(inRoom(900), '4', range(800, 849), 825);
            equal([room(state).atEnd, room(state).target], [false, 825]);
            equal([range(850, 899), range(850, 900)].map(page => room(actions.later(state, '4', page)).atEnd), [false, true]);
            equal(room(actions.jumped(inRoom(900), '4', range(851, 900), 875)).atEnd, true);
        },
        aMessageThatIsThereStaysTheSameObject() {
            const state = inRoom(3);
            equal(room(after(state, message(2))).messages === room(state).messages, true);
        },
        whereTheConversationBeginsIsKnownFromItsFirstMessage() {
            const entered = actions.entered(after(initial, welcome), '4');
            equal([room(after(entered, joined(0))).atStart, room(after(entered, joined(3))).atStart], [true, false]);
            equal(room(after(entered, joined(3), message(1))).atStart, true);
        },
        whatIsOlderThanTheNewestMovesNothingBack() {
            const state = after(inRoom(90), message(60, {change: 91, text: 'edited'}));
            equal([room(state).seq, room(state).newest, room(state).change], [90, 90, 91]);
            equal(room(after(state, message(61, {change: 5}))).change, 91);
        },

        // ---- joining and leaving

        whoIsWelcomedIsOnline() {
            equal([after(initial, welcome).connection, after(initial, welcome).me], ['online', me]);
        },
        aJoinThatDoesNotResumeBeginsAnew() {
            const state = after(inRoom(3), joined(90));
            equal([seqs(state), room(state).change, room(state).live], [[], 0, false]);
            equal(seqs(after(actions.joining(inRoom(3), '4', false), joined(90))), []);
        },
        aRoomIsNotLiveWhileItIsAskedForOrTheLineIsLost() {
            equal(room(actions.joining(inRoom(3), '4', true)).live, false);
            const lost = room(actions.disconnected(after(inRoom(3), {type: 'typing', room: '4', user: ada}), 'offline'));
            equal([lost.live, lost.joined, lost.typing.size], [false, false, 0]);
        },
        aRoomThatIsLeftHasNobodyInIt() {
            const state = after(inRoom(3), {type: 'presence', room: '4', online: 1, joined: [ada], left: []}, {type: 'left', room: '4'});
            equal([room(state).joined, room(state).live, room(state).members.size], [false, false, 0]);
        },
        whatChangesNothingMakesNoNewState() {
            const state = known(3);
            equal([actions.attended(state, '4', false), actions.read(state, '4', 2), actions.known(state, '4'), actions.forgotten(state, 'x'),
                actions.readKnown(state, '4', 1), actions.read(state, 'x', 1)].map(one => one === state), [true, true, true, true, true, true]);
            let told = 0;
            const store = new Store(state);
            store.listen((/** @type {any} */ now, /** @type {any} */ before) => (told += Number(now !== before)));
            store.listen(() => told++);
            store.apply(actions.known, '4');
            equal(told, 0);
            store.apply(actions.known, '5');
            equal(told, 2);
        },

        // ---- reading

        nothingIsUnreadBeforeItIsKnownWhatIsRead() {
            equal([unread(room(inRoom(9))), unread(room(known(9, 4))), unread(room(known(9, 11)))], [0, 5, 0]);
            const told = after(inRoom(3), message(4, {text: '@nik'}));
            equal([room(told).unreadFrom, room(told).mentions], [null, 0]);
        },
        theLineStandsWhereUnreadBegan() {
            let state = after(known(3), message(4), message(5));
            equal(room(state).unreadFrom, 4);
            state = after(actions.read(state, '4', 5), message(6), message(7));
            equal(room(state).unreadFrom, 6);
        },
        whoNeverReadHereSeesNoLine() {
            equal(room(known(3, 0)).unreadFrom, null);
            equal(room(actions.entered(actions.entered(known(3, 0), '5'), '4')).unreadFrom, null);
        },
        whoComesBackSeesTheLineAndWhoGoesTakesItAway() {
            const away = actions.entered(actions.attended(known(3), '4', true), '5');
            equal([room(away).attending, room(away).unreadFrom], [false, null]);
            const back = actions.entered(after(away, message(4)), '4');
            equal([room(back).unreadFrom, room(actions.entered(back, '5')).unreadFrom], [4, null]);
        },
        whoLooksIsToldNothing() {
            const state = after(actions.attended(known(3), '4', true), message(4, {text: '@nik'}));
            equal([room(state).unreadFrom, room(state).mentions], [null, 0]);
        },
        oneselfTheDeletedAndTheOldAreNoNews() {
            const text = 'hello @nik';
            const state = after(known(3), own(4, {text}), message(5, {text, deleted: true}), message(2, {text, change: 6}));
            equal([room(state).unreadFrom, room(state).mentions], [null, 0]);
        },
        theMarkOnlyMovesForward() {
            const state = after(known(9, 4), {type: 'read', room: '4', seq: 7}, {type: 'read', room: '4', seq: 5});
            equal([room(state).read, room(actions.readKnown(state, '4', 9)).read], [7, 7]);
            equal(room(after(known(3), message(4, {text: '@nik'}), message(5), {type: 'read', room: '4', seq: 4})).mentions, 1);
        },

        // ---- what waits to be sent

        onlyTheSameTextInTheSameRoomThatIsOnItsWayIsRecognised() {
            const told = (/** @type {any} */ pending) => after(actions.sending(inRoom(3), pending), own(4, {text: 'hi'})).pending[0].seq;
            equal([waiting('a', 'hi'), waiting('a', 'other'), {...waiting('a', 'hi'), room: '5'}, {...waiting('a', 'hi'), state: 'failed'}].map(told),
                [4, null, null, null]);
        },
        oneMessageIsRecognisedOnce() {
            const said = actions.sending(actions.sending(inRoom(3), waiting('a', 'hi')), waiting('b', 'hi'));
            equal(after(said, own(4, {text: 'hi'}), own(4, {text: 'hi', change: 5})).pending.map((/** @type {any} */ one) => one.seq), [4, null]);
        },
        whatIsAcknowledgedWaitsForItsMessageWhereThatWillBeShown() {
            const said = (/** @type {any} */ state) => after(actions.sending(state, waiting('a', 'hi')), acknowledged('a', 901));
            equal(said(inRoom(900)).pending.length, 1);
            equal(said(actions.jumped(inRoom(900), '4', range(100, 149), 125)).pending.length, 0);
            equal(said(actions.disconnected(inRoom(900), 'offline')).pending.length, 0);
        },
        whatIsAcknowledgedOutlivesAResumeUntilItsMessageComes() {
            const said = after(actions.sending(inRoom(3), waiting('a', 'hi')), acknowledged('a', 4));
            const resumed = after(resuming(said), joined(4));
            equal([resumed.pending.length, after(resumed, own(4, {text: 'hi'})).pending.length], [1, 0]);
            equal(after(resuming(said), joined(4, {reset: true})).pending.length, 0);
            equal(after(actions.entered(resuming(said), '5'), joined(9, {room: '5'})).pending.length, 1);
        },
        sayingSomethingTakesTheLineAway() {
            const state = after(known(3), message(4));
            equal([room(state).unreadFrom, room(actions.sending(state, waiting('a', 'hi'))).unreadFrom], [4, null]);
        },
        whatIsTriedAgainHasNoProblem() {
            const failed = after(actions.sending(inRoom(3), waiting('a', 'hi')), {type: 'error', ref: 'send:a', code: 'invalid', detail: 'No.'});
            equal(actions.retried(failed, 'a').pending.map((/** @type {any} */ one) => [one.state, one.problem]), [['sending', null]]);
        },
        whatAnotherTabLeftIsTakenOnce() {
            const state = actions.sending(inRoom(3), waiting('a', 'hi'));
            equal(actions.taken(state, [waiting('a', 'hi'), waiting('b', 'ho')]).pending.map((/** @type {any} */ one) => one.id), ['a', 'b']);
        },

        // ---- people

        whoTypesAgainTypesOnAndOneselfDoesNot() {
            const state = after(inRoom(3), {type: 'typing', room: '4', user: ada}, {type: 'typing', room: '4', user: me});
            equal([...room(state).typing.keys()], ['ada']);
            equal(room(actions.typingEnded(state, NOW + TYPING_LASTS - 1)).typing.size, 1);
            equal(room(actions.typingEnded(state, NOW + TYPING_LASTS)).typing.size, 0);
            equal(room(after(state, message(2, {change: 4}))).typing.size, 1);
        },
        whoIsHereAndWhoHasSpokenCanBeMentionedOnce() {
            const state = after(inRoom(2), {type: 'presence', room: '4', online: 2, joined: [me, ada], left: []},
                message(3, {author: {id: 'ben', name: 'Ben', guest: true}}));
            equal(people(room(state)), ['Ada', 'Ben', 'Nik']);
            equal(people(undefined), []);
        },
        onesOwnNewestMessageIsTheOneToEdit() {
            const state = after(inRoom(3), own(4), own(5), own(6, {deleted: true}), message(7));
            equal([lastOf(room(state), me)?.seq, lastOf(room(state), null), lastOf(undefined, me)], [5, null, null]);
        },
    };
}
