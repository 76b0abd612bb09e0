// @ts-check
/**
 * Whether a key belongs to an input method, as for Chinese or Japanese: it chooses among candidates or takes one, and means nothing
 * else. Safari ends the composition before it tells of the key; 229 says that the key was part of it.
 *
 * @param {KeyboardEvent} event
 */
export function composes(event) {
    return event.isComposing || event.keyCode === 229;
}
