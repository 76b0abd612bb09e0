// @ts-check
/** The sound of a mention. Browsers let a page sound only after it has been touched. */

export function canSound() {
    return navigator.userActivation?.hasBeenActive ?? false;
}

/** Two soft notes. */
export function tone() {
    const audio = new AudioContext();
    [[660, 0], [880, 0.12]].forEach(([frequency, start]) => {
        const note = audio.createOscillator();
        const volume = audio.createGain();
        note.frequency.value = frequency;
        volume.gain.setValueAtTime(0, audio.currentTime + start);
        volume.gain.linearRampToValueAtTime(0.08, audio.currentTime + start + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + start + 0.25);
        note.connect(volume).connect(audio.destination);
        note.start(audio.currentTime + start);
        note.stop(audio.currentTime + start + 0.26);
    });
    setTimeout(() => audio.close(), 1_000);
}
