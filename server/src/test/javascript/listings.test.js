// @ts-check
/** How far rooms are read is known for each, though a list holds few of many thousands. */
import {given} from './given.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {Listings} = await import(`${base}listings.js`);
    const {Api, ApiError, MOST_LISTED} = await import(`${base}net/api.js`);
    const {Store} = await import(`${base}store/store.js`);
    const {unread} = await import(`${base}store/state.js`);
    const actions = await import(`${base}store/actions.js`);
    const {after, equal, inRoom, joined, live} = await given(base);

    const many = Array.from({length: MOST_LISTED}, (_, index) =>
        ({name: `other-${index}`, topic: null, seq: 1, change: 1, online: 0, read: 0, unread: 1}));
    /** @param {any} api */
    const listings = api => {
        let state = inRoom(9);
        for (const name of ['new', 'old']) {
            state = after(actions.known(state, name), joined(9, {room: name}), {...live(9), room: name});
        }
        const store = new Store(state);
        const failed = /** @type {string[]} */ ([]);
        const made = new Listings(api, store, {listed: () => {}, known: () => {}, failed: (/** @type {string} */ sentence) => failed.push(sentence)});
        return Object.assign(made, {failed, unread: () => [...store.state.rooms.values()].map(unread)});
    };
    /** Answers what is asked by fetch, one after the other. @param {[number, any][]} answers @param {(asked: string[]) => Promise<void>} test */
    const answering = async (answers, test) => {
        const real = window.fetch;
        const asked = /** @type {string[]} */ ([]);
        window.fetch = /** @type {any} */ (async (/** @type {string} */ url) => {
            asked.push(url);
            const [status, body] = answers[asked.length - 1];
            return new Response(JSON.stringify(body), {status});
        });
        try {
            await test(asked);
        } finally {
            window.fetch = real;
        }
    };

    return {
        async roomsThatNoListHasAreAskedForOneByOne() {
            const some = listings({
                rooms: async () => many,
                room: async (/** @type {string} */ name) => {
                    if (name === 'new') {
                        throw new ApiError({detail: 'No such room.', status: 404});
                    }
                    return {name, read: name === 'old' ? 9 : 4};
                },
            });
            await some.rooms();
            equal([some.unread(), some.failed], [[5, 9, 0], []]);
        },
        async roomsThatAListOfAllLacksAreNew() {
            const some = listings({rooms: async () => [{...many[0], name: '4', read: 7}]});
            await some.rooms();
            equal(some.unread(), [2, 9, 9]);
        },
        async aQuestionThatIsRefusedForTheMomentIsAskedAgain() {
            await answering([[429, {detail: 'Later.', retryAfter: 0.01}], [200, [1]]], async asked => {
                equal(await new Api(() => 't').rooms(), [1]);
                equal(asked.length, 2);
            });
        },
        async aQuestionThatIsRefusedForGoodOrAgainAndAgainIsNot() {
            const later = /** @type {[number, any]} */ ([503, {detail: 'Later.', retryAfter: 0.01}]);
            for (const [answers, times] of /** @type {[[number, any][], number][]} */ ([[[[404, {detail: 'No.', status: 404}]], 1], [[later, later, later], 3]])) {
                await answering(answers, async asked => {
                    let said = '';
                    await new Api(() => 't').room('4').catch((/** @type {Error} */ e) => (said = e.message));
                    equal([asked.length, said], [times, answers[0][1].detail]);
                });
            }
        },
    };
}
