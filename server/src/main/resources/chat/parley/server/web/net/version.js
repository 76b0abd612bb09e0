// @ts-check
/** The version of this client's files; they lie in a folder of that name. */
const OWN = new URL(import.meta.url).pathname.split('/')[2];

/** Whether the server has another version of the client by now. Rejects where it cannot be asked. @returns {Promise<boolean>} */
export async function isOutdated() {
    const response = await fetch('/assets/version', {cache: 'no-store', signal: AbortSignal.timeout(15_000)});
    return response.ok && (await response.text()).trim() !== OWN;
}
