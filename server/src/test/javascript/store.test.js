// @ts-check
/**
 * The store's promises: frames in, state out. A plain module, so that a browser can run it beside the client's own modules:
 * each test is a function that throws where a promise is broken.
 */
import {given} from './given.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {initial, unread, MOST_MESSAGES} = await import(`${base}store/state.js`);
    const actions = await import(`${base}store/actions.js`);
    const {Names, mentions} = await import(`${base}text/mentions.js`);
    const {replaceShortcodes} = await import(`${base}markdown/emoji.js`);
    const {backoff} = await import(`${base}net/backoff.js`);
    const {Pages} = await import(`${base}pages.js`);
    const {Store} = await import(`${base}store/store.js`);

    const {NOW, ada, after, equal, inRoom, joined, live, me, message, range, seqs, waiting, welcome} = await given(base);

    return {
        aFrameThatIsNotKnownChangesNothing() {
            const state = inRoom(3);
            equal(after(state, {type: 'weather', room: '4'}) === state, true);
        },
        theEarlierConversationIsShownInOrder() {
            equal(seqs(inRoom(3)), [1, 2, 3]);
            equal(inRoom(3).rooms.get('4').atStart, true);
            equal(inRoom(90).rooms.get('4').atStart, false);
        },
        aMessageThatComesTwiceIsThereOnce() {
            equal(seqs(after(inRoom(3), message(4), message(4), message(2))), [1, 2, 3, 4]);
        },
        anOlderFormNeverReplacesANewerOne() {
            const edited = message(2, {change: 4, text: 'new', editedAt: '2026-11-22T12:01:00.000Z'});
            const state = after(inRoom(3), edited, message(2));
            equal(state.rooms.get('4').messages[1].text, 'new');
        },
        aResumeKeepsWhatIsThereAndTakesInWhatChangedInAnyOrder() {
            const lost = actions.joining(actions.disconnected(inRoom(3), 'offline'), '4', true);
            const state = after(lost, joined(5), message(5, {change: 5}), message(4, {change: 6, text: 'edited'}), live(6));
            equal(seqs(state), [1, 2, 3, 4, 5]);
            equal(state.rooms.get('4').change, 6);
        },
        aResetDropsWhatWasThere() {
            const lost = actions.joining(actions.disconnected(inRoom(3), 'offline'), '4', true);
            equal(seqs(after(lost, joined(900, {reset: true}), ...range(851, 900), live(900))), range(851, 900).map(one => one.seq));
        },
        anotherEpochDropsWhatWasThere() {
            const lost = actions.joining(actions.disconnected(inRoom(3), 'offline'), '4', true);
            equal(seqs(after(lost, joined(1, {epoch: 'other'}), message(1), live(1))), [1]);
        },
        theChangeToResumeFromMovesOnlyOnceTheRoomIsLive() {
            const lost = actions.joining(actions.disconnected(inRoom(3), 'offline'), '4', true);
            equal(after(lost, joined(6), message(5, {change: 5})).rooms.get('4').change, 3);
        },
        whatWasSaidIsShownOnceWhenTheAnswerComesFirst() {
            const said = actions.sending(inRoom(3), waiting('a', 'hi'));
            const answered = after(said, {type: 'sent', room: '4', seq: 4, change: 4, id: 'a'});
            equal(answered.pending.length, 1);
            equal(after(answered, message(4, {author: me, text: 'hi'})).pending, []);
        },
        whatWasSaidIsShownOnceWhenTheMessageComesFirst() {
            const told = after(actions.sending(inRoom(3), waiting('a', 'hi')), message(4, {author: me, text: 'hi'}));
            equal(told.pending[0].seq, 4);
            equal(after(told, {type: 'sent', room: '4', seq: 4, change: 4, id: 'a'}).pending, []);
        },
        aRefusedMessageStaysWithTheReasonAndCanBeTriedAgain() {
            const refused = after(actions.sending(inRoom(3), waiting('a', 'hi')), {type: 'error', ref: 'send:a', detail: 'No.', code: 'invalid'});
            equal([refused.pending[0].state, refused.pending[0].problem], ['failed', 'No.']);
            equal(actions.retried(refused, 'a').pending[0].state, 'sending');
        },
        twoEqualTextsAreTwoMessages() {
            const said = actions.sending(actions.sending(inRoom(3), waiting('a', 'hi')), waiting('b', 'hi'));
            const state = after(said, message(4, {author: me, text: 'hi'}), message(5, {author: me, text: 'hi'}),
                {type: 'sent', room: '4', seq: 4, change: 4, id: 'a'}, {type: 'sent', room: '4', seq: 5, change: 5, id: 'b'});
            equal([state.pending.length, seqs(state).length], [0, 5]);
        },
        aRoomNeverHoldsMoreThanItsBound() {
            let state = actions.attended(inRoom(50), '4', true);
            state = after(state, ...range(51, 1_000));
            equal(seqs(state).length, MOST_MESSAGES);
            equal(seqs(state).at(-1), 1_000);
            for (let first = seqs(state)[0]; first > 1; first = seqs(state)[0]) {
                state = actions.earlier(state, '4', range(Math.max(1, first - 50), first - 1));
                equal(seqs(state).length, MOST_MESSAGES);
            }
            equal([state.rooms.get('4').atStart, state.rooms.get('4').atEnd], [true, false]);
        },
        aWindowHasNoHoles() {
            const far = actions.jumped(inRoom(900), '4', range(100, 149), 125);
            equal(seqs(after(far, message(901))).at(-1), 149);
            equal(after(far, message(901)).rooms.get('4').seq, 901);
        },
        unreadBeginsAfterWhatWasRead() {
            let state = after(initial, welcome);
            state = after(actions.entered(state, '4'), joined(10), ...range(1, 10), live(10));
            state = actions.readKnown(state, '4', 7);
            equal([unread(state.rooms.get('4')), state.rooms.get('4').unreadFrom], [3, 8]);
            equal(unread(actions.read(state, '4', 10).rooms.get('4')), 0);
        },
        mentionsAreCountedWhileOneLooksElsewhere() {
            const state = after(actions.readKnown(inRoom(3), '4', 3), message(4, {text: 'hello @nik'}), message(5, {text: 'mail nik@nik.example'}));
            equal(state.rooms.get('4').mentions, 1);
            equal(after(state, {type: 'read', room: '4', seq: 5}).rooms.get('4').mentions, 0);
        },
        whoTypesIsForgottenInTime() {
            const state = after(inRoom(3), {type: 'typing', room: '4', user: ada});
            equal([...state.rooms.get('4').typing.keys()], ['ada']);
            equal([...actions.typingEnded(state, NOW + 10_000).rooms.get('4').typing.keys()], []);
            equal([...after(state, message(4)).rooms.get('4').typing.keys()], []);
        },
        whoComesAndGoesIsThereAndGone() {
            const here = after(inRoom(1), {type: 'presence', room: '4', online: 2, joined: [ada, me], left: []});
            equal([...here.rooms.get('4').members.keys()], ['ada', 'me']);
            equal([...after(here, {type: 'presence', room: '4', online: 1, joined: [], left: [ada]}).rooms.get('4').members.keys()], ['me']);
        },
        theLongestNameIsMentioned() {
            equal(new Names(['Ada', 'Ada Lovelace']).find('hi @Ada Lovelace!').map((/** @type {any} */ one) => one.name), ['Ada Lovelace']);
            equal([mentions('@Nikolas', 'Nik'), mentions('(@nik)', 'Nik'), mentions('x@nik', 'Nik')], [false, true, false]);
        },
        aLinkIntoAnEmptyRoomShowsItsBeginning() {
            equal(actions.jumped(inRoom(0), '4', [], 7).rooms.get('4').atStart, true);
        },
        shortcodesBecomeEmojiButNotInCode() {
            equal(replaceShortcodes('a :tada: `b :tada:` :not-one: 10:30:20 :tada:'), 'a 🎉 `b :tada:` :not-one: 10:30:20 🎉');
            equal(replaceShortcodes('```\n:tada:\n```\n:tada:'), '```\n:tada:\n```\n🎉');
            equal(replaceShortcodes('```\n:tada:'), '```\n:tada:');
        },
        async aPageNeverBringsBackAnOlderForm() {
            const store = new Store(inRoom(90));
            /** @type {any} */
            let answer;
            const pages = new Pages({messages: () => new Promise(resolve => (answer = resolve))}, store, () => {});
            const paging = pages.earlier('4');
            pages.heard(message(40, {change: 91, text: '', deleted: true}));
            pages.heard(message(40, {room: '5', change: 92}));
            answer(range(31, 40));
            await paging;
            equal(seqs(store.state).slice(0, 11), range(31, 41).map(one => one.seq));
            equal(store.state.rooms.get('4').messages[9].deleted, true);
        },
        async aPageOfAPartThatIsNotShownAnyMoreIsLeftOut() {
            const store = new Store(inRoom(90));
            /** @type {any} */
            let answer;
            const pages = new Pages({messages: () => new Promise(resolve => (answer = resolve))}, store, () => {});
            const paging = pages.earlier('4');
            store.apply(actions.jumped, '4', range(1, 20), 3);
            answer(range(31, 40));
            await paging;
            equal(seqs(store.state), range(1, 20).map(one => one.seq));
        },
        comingBackTakesLongerEachTimeButNeverMoreThanTenSeconds() {
            equal([1, 2, 3, 9].map(failures => backoff(failures, () => 1)), [1_000, 2_000, 4_000, 10_000]);
            equal(backoff(9, () => 0), 100);
        },
    };
}
