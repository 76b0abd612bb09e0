// @ts-check
/** What waits to be sent outlives its tab; and where the browser keeps nothing, the page goes on. */
import {given} from './given.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {Unsent} = await import(`${base}unsent.js`);
    const {browser, drafts, kept} = await import(`${base}storage.js`);
    const {equal, waiting} = await given(base);

    const kinds = () => browser.keys('unsent.').length;
    /** Runs a test while the browser keeps nothing more. @param {() => void} test */
    const full = test => {
        const real = Storage.prototype.setItem;
        Storage.prototype.setItem = () => {
            throw new DOMException('full', 'QuotaExceededError');
        };
        try {
            test();
        } finally {
            Storage.prototype.setItem = real;
        }
    };
    /** A tab: what it took over, and what it said. */
    const tab = () => {
        const one = {took: /** @type {any[]} */ ([]), full: 0, unsent: /** @type {any} */ (null), left: /** @type {any} */ (null)};
        one.left = new Promise(resolve => {
            one.unsent = new Unsent({
                took: (/** @type {any[]} */ left) => {
                    one.took.push(...left);
                    resolve(left);
                },
                full: () => one.full++,
            });
        });
        return one;
    };

    return {
        whatATabKeepsIsForgottenOnceItIsSent() {
            const {unsent} = tab();
            unsent.keep('me', [waiting('a', 'one'), waiting('b', 'two')]);
            equal(kinds(), 2);
            unsent.keep('me', [waiting('b', 'two')]);
            equal(kinds(), 1);
            unsent.keep('me', [{...waiting('b', 'two'), state: 'failed'}]);
            equal(/** @type {any} */ (browser.json(browser.keys('unsent.')[0])).pending.state, 'failed');
            unsent.keep('me', []);
            equal(kinds(), 0);
        },
        async whatATabThatIsGoneHasLeftIsTakenInOrderByOneAlone() {
            const gone = tab();
            gone.unsent.keep('me', ['a', 'b', 'c'].map(id => waiting(id, id)));
            kept.setUser({id: 'me', name: 'Nik', guest: true});
            const next = tab();
            const other = tab();
            next.unsent.begin();
            other.unsent.begin();
            await Promise.race([next.left, other.left]);
            equal([...next.took, ...other.took].map(one => [one.id, one.state]), [['a', 'sending'], ['b', 'sending'], ['c', 'sending']]);
            equal(kinds(), 0);
        },
        async whatSomebodyElseLeftIsNotSentUnasked() {
            const gone = tab();
            gone.unsent.keep('somebody', [waiting('a', 'one')]);
            kept.setUser({id: 'me', name: 'Nik', guest: true});
            const next = tab();
            next.unsent.begin();
            await next.left;
            equal(next.took.map((/** @type {any} */ one) => [one.id, one.state]), [['a', 'failed']]);
        },
        async whatATabThatLivesWaitsForIsLeftToIt() {
            kept.setUser({id: 'me', name: 'Nik', guest: true});
            const first = tab();
            first.unsent.begin();
            first.unsent.keep('me', [waiting('a', 'one')]);
            const gone = tab();
            gone.unsent.keep('me', [waiting('b', 'two')]);
            const next = tab();
            next.unsent.begin();
            await next.left;
            equal(next.took.map((/** @type {any} */ one) => one.id), ['b']);
            first.unsent.keep('me', []);
        },
        whereTheBrowserHasNoLocksATabTakesWhatItFinds() {
            tab().unsent.keep('me', [waiting('a', 'one'), waiting('b', 'two')]);
            kept.setUser({id: 'me', name: 'Nik', guest: true});
            const next = tab();
            Object.defineProperty(navigator, 'locks', {value: undefined, configurable: true});
            try {
                next.unsent.begin();
                equal(next.took.map((/** @type {any} */ one) => one.id), ['a', 'b']);
            } finally {
                delete (/** @type {any} */ (navigator).locks);
            }
            equal(kinds(), 0);
        },
        forgettingTakesWhatAllTabsWaitFor() {
            tab().unsent.keep('me', [waiting('a', 'one')]);
            tab().unsent.keep('me', [waiting('b', 'two')]);
            tab().unsent.forget();
            equal(kinds(), 0);
        },
        aFullBrowserIsSaidOnce() {
            const one = tab();
            full(() => {
                one.unsent.keep('me', [waiting('a', 'one')]);
                one.unsent.keep('me', [waiting('a', 'one'), waiting('b', 'two')]);
                equal(one.full, 1);
            });
            one.unsent.keep('me', [waiting('c', 'three')]);
            equal([one.full, kinds()], [1, 1]);
            one.unsent.keep('me', []);
        },
        whatIsNotKeptInTheBrowserIsKeptInThePage() {
            full(() => {
                kept.set('name', 'Nik');
                kept.setRooms(['a', 'b']);
                drafts.set('a', 'begun');
            });
            equal([kept.get('name'), kept.rooms(), drafts.get('a')], ['Nik', ['a', 'b'], 'begun']);
            kept.set('name', 'Ada');
            equal([kept.get('name'), localStorage.getItem('parley.name')], ['Ada', 'Ada']);
            ['name', 'rooms', 'user'].forEach(key => kept.set(key, null));
            drafts.set('a', '');
            equal([kept.get('name'), kept.rooms(), kept.user(), drafts.get('a')], [null, [], null, '']);
        },
        whereNothingMayBeKeptAllIsKeptInThePage() {
            const real = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(window, 'localStorage'));
            Object.defineProperty(window, 'localStorage', {
                configurable: true,
                get: () => {
                    throw new DOMException('blocked', 'SecurityError');
                },
            });
            try {
                equal([kept.get('token'), kept.rooms(), kept.user(), browser.keys('')], [null, [], null, []]);
                kept.set('token', 'secret');
                equal(kept.get('token'), 'secret');
                kept.set('token', null);
                equal(kept.get('token'), null);
            } finally {
                Object.defineProperty(window, 'localStorage', real);
            }
        },
        whatIsSpoiltIsNothing() {
            browser.set('rooms', '{');
            equal(kept.rooms(), []);
            browser.set('rooms', '["a", 1, null]');
            equal(kept.rooms(), ['a']);
            browser.set('rooms', '{}');
            equal(kept.rooms(), []);
            browser.set('rooms', null);
        },
    };
}
