// @ts-check
/**
 * The conversation by keyboard: ↑ and ↓ go from message to message, and Tab from there to what can be done with it. So the way
 * from the list of rooms to the message field does not lead through hundreds of buttons.
 *
 * @param {KeyboardEvent} event
 */
export function walk(event) {
    const {key, target} = event;
    if ((key !== 'ArrowUp' && key !== 'ArrowDown') || !(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) {
        return;
    }
    const messages = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('.message[id]')];
    const at = messages.findIndex(message => message.contains(target));
    const next = at < 0 ? messages.at(-1) : messages[at + (key === 'ArrowUp' ? -1 : 1)];
    if (next instanceof HTMLElement) {
        event.preventDefault();
        next.focus({preventScroll: true});
        next.scrollIntoView({block: 'nearest'});
    }
}
