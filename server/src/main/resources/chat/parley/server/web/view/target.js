// @ts-check
/** The message that the address names (`/r/4/17`): it is shown once, when its room is there. */

export class Target {
    /** The last place that was shown; every step to an address is a place of its own. @type {import('../router.js').Place | null} */
    #shown = null;

    /**
     * @param {import('../pages.js').Pages} pages @param {import('./scroll.js').Scroll} scroll
     * @param {{place: () => import('../router.js').Place, draw: () => void, missing: () => void}} owner `draw` draws at once
     */
    constructor(pages, scroll, owner) {
        this.pages = pages;
        this.scroll = scroll;
        this.owner = owner;
    }

    /** @param {import('../router.js').Place} place the address @param {import('../store/state.js').Room} drawn */
    async show(place, drawn) {
        const {room, seq} = place;
        if (place === this.#shown || seq === null || room !== drawn.name || !drawn.live) {
            return;
        }
        this.#shown = place;
        await this.pages.show(room, seq);
        if (place !== this.owner.place()) {
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
