const storageKey = "dashboard:sound";

/** The sound of something new, for those who want one. */
export class Tone {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  #context: AudioContext | undefined;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  get on(): boolean {
    return this.#storage.getItem(storageKey) === "on";
  }

  /** Switches it on or off. Switching on plays it: that allows the browser to play later, too. */
  set on(on: boolean) {
    this.#storage.setItem(storageKey, on ? "on" : "off");
    if (on) this.play();
  }

  /** Two short notes upwards. Silent while it is off, and where the browser allows no sound before a press. */
  play(): void {
    if (!this.on) return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    void context.resume().then(() => {
      note(context, 587, 0);
      note(context, 880, 0.11);
    });
  }
}

function note(context: AudioContext, hertz: number, after: number): void {
  const begin = context.currentTime + after;
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.12, begin + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.3);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + 0.32);
}
