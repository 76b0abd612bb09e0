// @ts-check
/**
 * Puts a text on the clipboard. Browsers give it to secure pages only; a server in a local network mostly has plain HTTP, where the old
 * way works.
 *
 * @param {string} text @returns {Promise<void>} fails where neither way is allowed
 */
export async function copy(text) {
    if (navigator.clipboard) {
        await navigator.clipboard.writeText(text);
        return;
    }
    const before = document.activeElement;
    const field = document.createElement('textarea');
    field.className = 'hidden';
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    if (before instanceof HTMLElement) {
        before.focus();
    }
    if (!copied) {
        throw new Error('');
    }
}
