// @ts-check
/** How often a room tells of its mentions. */

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {MentionsPace} = await import(`${base}mentions-pace.js`);

    /** A pace with a clock of its own; `told` has the seconds and the messages. */
    function paced() {
        let now = 0;
        /** @type {{at: number, act: () => void}[]} */
        let timers = [];
        /** @type {[number, string][]} */
        const told = [];
        const pace = new MentionsPace(
            (/** @type {any} */ {room, seq}) => told.push([now / 1_000, `${room}/${seq}`]),
            {now: () => now, after: (/** @type {number} */ wait, /** @type {() => void} */ act) => timers.push({at: now + wait, act})});
        const until = (/** @type {number} */ seconds) => {
            const due = () => timers.filter(one => one.at <= seconds * 1_000).sort((a, b) => a.at - b.at)[0];
            for (let next = due(); next; next = due()) {
                timers = timers.filter(one => one !== next);
                now = next.at;
                next.act();
            }
            now = seconds * 1_000;
        };
        /** @param {string} room @param {number} seq */
        const mentioned = (room, seq) => pace.mentioned({room, seq});
        return {pace, told, until, mentioned};
    }

    /** @param {unknown} is @param {unknown} should */
    const equal = (is, should) => {
        if (JSON.stringify(is) !== JSON.stringify(should)) {
            throw new Error(`${JSON.stringify(is)} is not ${JSON.stringify(should)}`);
        }
    };

    return {
        aMentionIsToldSoon() {
            const {told, until, mentioned} = paced();
            mentioned('4', 1);
            until(60);
            equal(told, [[1.4, '4/1']]);
        },
        ofManyTheFirstAreToldTogetherAndTheLastIsSure() {
            const {told, until, mentioned} = paced();
            for (let seq = 1; seq <= 200; seq++) {
                until(seq / 100);
                mentioned('4', seq);
            }
            until(600);
            equal(told, [[1.41, '4/140'], [6.41, '4/200']]);
        },
        whoeverGoesOnForAnHourIsToldEverMoreRarely() {
            const {told, until, mentioned} = paced();
            for (let seq = 1; seq <= 3_600; seq++) {
                until(seq);
                mentioned('4', seq);
            }
            equal(told.slice(0, 6).map(([at]) => at), [2.4, 7.4, 17.4, 37.4, 77.4, 137.4]);
            equal(told.length, 63);
        },
        afterAPauseTheNextIsToldSoonAgain() {
            const {told, until, mentioned} = paced();
            mentioned('4', 1);
            until(300);
            mentioned('4', 2);
            until(600);
            equal(told, [[1.4, '4/1'], [301.4, '4/2']]);
        },
        onceReadTheNextIsAFirstOne() {
            const {pace, told, until, mentioned} = paced();
            mentioned('4', 1);
            until(2);
            mentioned('4', 2);
            pace.read('4');
            until(3);
            mentioned('4', 3);
            until(60);
            equal(told, [[1.4, '4/1'], [4.4, '4/3']]);
        },
        roomsAreToldOneAfterAnother() {
            const {told, until, mentioned} = paced();
            ['a', 'b', 'c'].forEach(room => mentioned(room, 1));
            until(60);
            equal(told, [[1.4, 'a/1'], [2.4, 'b/1'], [3.4, 'c/1']]);
        },
    };
}
