// @ts-check
/** The message that the address names (`/r/4/17`): it is shown once, when its room is there. */

export class Target {
    /** @type {import('../router.js').Place} */
    #place = {room: null, seq: null};
    #shown = false;

    /**
     * @param {import('../pages.js').Pages} pages @param {import('./scroll.js').Scroll} scroll
     * @param {{draw: () => void, missing: () => void}} owner `draw` draws at once
     */
    constructor(pages, scroll, owner) {
        this.pages = pages;
        this.scroll = scroll;
        this.owner = owner;
    }

    /** The address changed, or was called up again. @param {import('../router.js').Place} place */
    aim(place) {
        this.#place = place;
        this.#shown = false;
    }

    /** @param {import('../store/state.js').Room} current what is drawn */
    async show({name, live}) {
        const {room, seq} = this.#place;
        if (this.#shown || seq === null || room !== name || !live) {
            return;
        }
        this.#shown = true;
        await this.pages.show(room, seq);
        if (this.#place.room !== room || this.#place.seq !== seq) {
            return;
        }
        this.owner.draw();
        const element = document.getElementById(`m${seq}`);
        if (element) {
            this.scroll.show(element);
            element.focus({preventScroll: true});
        } else {
            this.owner.missing();
        }
    }
}
