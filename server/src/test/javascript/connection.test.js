// @ts-check
/** The connection's promises: it comes back, not too soon, and only where it is wanted. */
import {given} from './given.js';
import {Line} from './socket.js';
import {withTime} from './time.js';

/** @param {string} base where the client's modules are, as a URL that ends with a slash */
export async function tests(base) {
    const {Connection} = await import(`${base}net/connection.js`);
    const {equal} = await given(base);

    /** A connection whose sockets are played by the test. @param {(line: any, time: any) => void} test */
    const withLine = test => withTime(time => {
        /** @type {string[]} */
        const told = [];
        const line = new Line();
        const connection = new Connection('ws://test', {
            hello: () => ({token: 't'}), frame: () => {}, lost: () => told.push('lost'), refused: () => told.push('refused'),
        });
        try {
            test(Object.assign(line, {connection, told}), time);
        } finally {
            connection.stop();
            line.end();
        }
    });

    return {
        nothingIsConnectedUnasked: () => withLine((line, time) => {
            window.dispatchEvent(new Event('offline'));
            window.dispatchEvent(new Event('online'));
            time.pass(60_000);
            equal([line.sockets.length, line.told], [0, []]);
        }),
        whateverClosesTheLineTheClientComesBack: () => withLine((line, time) => {
            line.connection.open();
            for (const code of [1000, 1001, 1006, 1011, 4000, 4400, 4408, 4429, 4499]) {
                const before = line.sockets.length;
                line.welcomes();
                line.closes(code);
                time.pass(10_000);
                equal([code, line.sockets.length, line.told.at(-1)], [code, before + 1, 'lost']);
            }
        }),
        whereTheServerAsksNotToComeBackTheClientStaysAway: () => withLine((line, time) => {
            for (const code of [4500, 4501, 4502, 4504, 4505, 4999]) {
                line.connection.open();
                const before = line.sockets.length;
                line.welcomes();
                line.closes(code);
                time.pass(60_000);
                equal([code, line.sockets.length, line.told.at(-1)], [code, before, 'lost']);
            }
            line.connection.open();
            line.closes(4503);
            equal(line.told.at(-1), 'refused');
        }),
        aServerThatDropsWhomItWelcomesIsAskedMoreAndMoreSeldom: () => withLine((line, time) => {
            line.connection.open();
            const waits = [];
            for (let i = 0; i < 5; i++) {
                line.welcomes();
                line.closes(4400);
                waits.push(Math.max(...time.waits()));
                time.pass(10_000);
            }
            equal(waits, [1_000, 2_000, 4_000, 8_000, 10_000]);
        }),
        aConnectionThatHeldBeginsWithShortWaitsAgain: () => withLine((line, time) => {
            line.connection.open();
            for (const held of [0, 0, 4_900, 5_100]) {
                line.welcomes();
                time.pass(held);
                line.closes(1006);
                equal([held, Math.max(...time.waits())], [held, {0: line.sockets.length * 1_000, 4_900: 4_000, 5_100: 1_000}[held]]);
                time.pass(10_000);
            }
        }),
        aHelloThatIsRefusedForTheMomentWaitsAsLongAsItIsTold: () => withLine((line, time) => {
            line.connection.open();
            line.socket.onopen();
            line.says({type: 'error', code: 'rate_limited', title: '', detail: '', retryAfter: 7});
            time.pass(6_999);
            equal(line.sockets.length, 1);
            time.pass(7_100);
            equal([line.sockets.length, line.told], [2, ['lost']]);
        }),
        aLineOnWhichNothingComesIsGivenUp: () => withLine((line, time) => {
            line.connection.open();
            line.welcomes();
            time.pass(25_000);
            equal(line.socket.sent.map((/** @type {any} */ frame) => frame.type), ['hello', 'ping']);
            line.says({type: 'pong'});
            time.pass(34_999);
            equal(line.told, []);
            time.pass(1);
            equal(line.told, ['lost']);
        }),
        whatIsSaidBeforeTheWelcomeIsNotSent: () => withLine(line => {
            line.connection.open();
            line.socket.onopen();
            equal(line.connection.send({type: 'ping'}), false);
            line.welcomes();
            equal(line.connection.send({type: 'ping'}), true);
        }),
    };
}
