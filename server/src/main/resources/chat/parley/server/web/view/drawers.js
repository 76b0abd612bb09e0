// @ts-check
/**
 * The list of rooms and that of people lie over the conversation where the page is narrow. One that is open there is all that can be
 * reached: it takes the focus, Escape, the phone's way back or a touch beside it closes it, and the focus goes back to its button.
 */

/** As in layout.css. */
const ROOMS_OVER = matchMedia('(max-width: 720px)');
const MEMBERS_OVER = matchMedia('(max-width: 1000px)');

/** @typedef {'rooms' | 'members'} Drawer */

const BUTTONS = {rooms: '[data-testid="rooms-open"]', members: '[data-testid="members-open"]'};

export class Drawers {
    /** @type {Drawer | null} */
    #over = null;
    /** @type {{destroy: () => void} | null} */
    #watcher = null;

    /** @param {{close: (drawer: Drawer) => void}} owner */
    constructor(owner) {
        this.owner = owner;
        document.addEventListener('keydown', event => {
            if (event.key === 'Escape' && this.#over !== null && document.querySelector('dialog[open]') === null) {
                owner.close(this.#over);
            }
        });
        // What stood beside the conversation would cover it.
        ROOMS_OVER.addEventListener('change', () => owner.close('rooms'));
        MEMBERS_OVER.addEventListener('change', ({matches}) => matches && owner.close('members'));
    }

    /** After each draw. @param {boolean} rooms whether that drawer is open @param {boolean} members */
    settle(rooms, members) {
        const over = rooms && ROOMS_OVER.matches ? 'rooms' : members && MEMBERS_OVER.matches ? 'members' : null;
        for (const element of document.querySelectorAll('.layout > *, .skip')) {
            if (element instanceof HTMLElement) {
                element.inert = over !== null && !element.matches(`.${over}, .shade`);
            }
        }
        if (over === this.#over) {
            return;
        }
        const before = this.#over;
        this.#over = over;
        this.#watcher?.destroy();
        this.#watcher = over === null ? null : this.#watchBack(over);
        if (over !== null) {
            /** @type {HTMLElement | null} */ (document.querySelector(`.${over} button`))?.focus();
        } else if (before !== null && (document.activeElement === document.body || document.activeElement?.closest(`.${before}`))) {
            /** @type {HTMLElement | null} */ (document.querySelector(BUTTONS[before]))?.focus();
        }
    }

    /** Android's way back closes the drawer first, where the browser can tell. @param {Drawer} drawer */
    #watchBack(drawer) {
        const {CloseWatcher} = /** @type {{CloseWatcher?: new () => {destroy: () => void, onclose: (() => void) | null}}} */ (
            /** @type {unknown} */ (window));
        if (!CloseWatcher) {
            return null;
        }
        const watcher = new CloseWatcher();
        watcher.onclose = () => this.owner.close(drawer);
        return watcher;
    }
}
