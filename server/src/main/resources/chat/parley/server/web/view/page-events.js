// @ts-check
/** What the page as a whole is told: its size, the chord of the switcher, touches beside what is open, other tabs, its own end. */
import * as actions from '../store/actions.js';

/** @param {import('../session.js').Session} session @param {import('./composer.js').Composer} composer @param {() => void} openSwitcher */
export function followPage(session, composer, openSwitcher) {
    const isIn = () => session.store.state.me !== null;
    const sized = () => session.store.apply(actions.sized, innerHeight);
    window.addEventListener('resize', sized);
    sized();
    document.addEventListener('keydown', event => {
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && isIn()) {
            event.preventDefault();
            openSwitcher();
        }
    });
    document.addEventListener('pointerdown', event => {
        if (event.target instanceof Element && !event.target.closest('.composer')) {
            composer.fold();
        }
    });
    // Another tab became somebody else, or nobody, or came in while this one asks for a name.
    window.addEventListener('storage', event => {
        if (event.key === 'parley.token' && event.newValue !== event.oldValue && (isIn() || event.newValue)) {
            session.gone();
            location.reload();
        }
    });
    window.addEventListener('pagehide', () => composer.keep());
}
