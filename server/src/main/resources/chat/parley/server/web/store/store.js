// @ts-check
/** Holds the state and tells who listens. @typedef {import('./state.js').State} State */
export class Store {
    /** @type {Set<(state: State, before: State) => void>} */
    #listeners = new Set();

    /** @param {State} state */
    constructor(state) {
        this.state = state;
    }

    /** @template {unknown[]} Args @param {(state: State, ...args: Args) => State} change @param {Args} args */
    apply(change, ...args) {
        const before = this.state;
        this.state = change(before, ...args);
        if (this.state !== before) {
            this.#listeners.forEach(listener => listener(this.state, before));
        }
    }

    /** @param {(state: State, before: State) => void} listener */
    listen(listener) {
        this.#listeners.add(listener);
    }
}
