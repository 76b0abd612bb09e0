// @ts-check
/** A line to the server whose other end is the test. */

export class Line {
    /** @type {any[]} */
    sockets = [];
    #real = window.WebSocket;

    /** From now on, all sockets are played. */
    constructor() {
        const line = this;
        window.WebSocket = /** @type {any} */ (class {
            static OPEN = 1;
            readyState = 1;
            sent = /** @type {any[]} */ ([]);

            constructor() {
                line.sockets.push(this);
            }

            /** @param {string} frame */
            send(frame) {
                this.sent.push(JSON.parse(frame));
            }

            close() {
                this.readyState = 3;
            }
        });
    }

    get socket() {
        return this.sockets.at(-1);
    }

    /** What came over the newest socket, of these types. @param {...string} types @returns {any[]} */
    heard(...types) {
        return this.socket.sent.filter((/** @type {any} */ frame) => types.includes(frame.type));
    }

    /** @param {...any} frames */
    says(...frames) {
        frames.forEach(frame => this.socket.onmessage({data: JSON.stringify(frame)}));
    }

    welcomes() {
        this.socket.onopen();
        this.says({type: 'welcome', user: {id: 'me', name: 'Nik', guest: true}, heartbeat: 25});
    }

    /** @param {number} code */
    closes(code) {
        this.socket.onclose({code});
    }

    /** Sockets are real again. */
    end() {
        window.WebSocket = this.#real;
    }
}
