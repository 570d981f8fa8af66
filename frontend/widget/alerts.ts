import type { ConversationModel } from "../shared/conversation-model.ts";
import type { HostPage } from "./host-page.ts";
import type { Alert, VisitStore } from "./visit-store.ts";

export interface AlertOptions {
  readonly host: HostPage;
  readonly store: VisitStore;
  /** Above a notification. */
  readonly title: string;
  readonly isShown: () => boolean;
  /** What is switched on has changed. */
  readonly onChange: () => void;
}

/**
 * Tells of what happens in the conversation: the page always, and the visitor who looks elsewhere as they have chosen.
 * Neither sound nor notification comes without having been switched on here.
 */
export class Alerts {
  readonly #options: AlertOptions;
  #stopFollowing: (() => void) | undefined;

  constructor(options: AlertOptions) {
    this.#options = options;
  }

  isOn(alert: Alert): boolean {
    return this.#options.store.read().alerts?.includes(alert) === true;
  }

  toggle(alert: Alert): void {
    if (this.isOn(alert)) this.#switch(alert, false);
    else if (alert === "notification") this.#options.host.tell({ type: "askToNotify" });
    else {
      this.#switch(alert, true);
      chime();
    }
  }

  /** The browser's answer to whether notifications may be shown. */
  mayNotify(allowed: boolean): void {
    this.#switch("notification", allowed);
  }

  /** Tells of this conversation, and no longer of the one before it. What is there already is no news. */
  follow(model: ConversationModel): void {
    this.#stopFollowing?.();
    let told: number | undefined;
    const look = () => {
      if (!model.synced) return;
      const before = told ?? model.syncAfter;
      told = Math.max(before, model.entries.at(-1)?.seq ?? 0);
      for (const entry of model.entries) if (entry.seq > before) this.#tell(entry);
    };
    look();
    this.#stopFollowing = model.subscribe(look);
  }

  #tell(entry: ConversationModel["entries"][number]): void {
    const { host, title, isShown } = this.#options;
    if (entry.kind === "status") {
      if (entry.command === "escalate") host.tell({ type: "escalated", reference: entry.reference ?? "" });
      if (entry.command === "end") host.tell({ type: "ended" });
    }
    if (entry.kind !== "message" || (entry.author.role !== "agent" && entry.author.role !== "bot")) return;
    host.tell({ type: "message", from: entry.author.role });
    if (this.isOn("sound") && (document.hidden || !isShown())) chime();
    if (this.isOn("notification") && document.hidden) host.tell({ type: "notify", title, text: entry.text });
  }

  #switch(alert: Alert, on: boolean): void {
    const { store, onChange } = this.#options;
    const others = (store.read().alerts ?? []).filter((each) => each !== alert);
    store.save({ alerts: on ? [...others, alert] : others });
    onChange();
  }
}

/** Two soft tones. */
function chime(): void {
  const audio = new AudioContext();
  const start = audio.currentTime;
  const end = start + 0.5;
  const volume = audio.createGain();
  const tone = audio.createOscillator();
  volume.gain.setValueAtTime(0.1, start);
  volume.gain.exponentialRampToValueAtTime(0.001, end);
  tone.frequency.setValueAtTime(660, start);
  tone.frequency.setValueAtTime(880, start + 0.12);
  tone.connect(volume).connect(audio.destination);
  tone.onended = () => void audio.close();
  tone.start();
  tone.stop(end);
}
