import { useEffect, useRef, useState } from "preact/hooks";
import type { AgentNotifications, ReplyOf } from "../../../lambdas/contracts/http.ts";
import { type Api, ApiError } from "../../shared/api.ts";

export type MyNotifications = ReplyOf<"readMyNotifications">;

/** How the last attempt to save ended. `fields`: by path, what the API wants there. */
export type Saved =
  | "no"
  | "saving"
  | "saved"
  | { readonly failed: string; readonly fields: ReadonlyMap<string, string> };

export interface MyNotificationsState {
  readonly read: "loading" | { readonly failed: string } | MyNotifications;
  readonly draft: AgentNotifications | undefined;
  readonly saved: Saved;
  reload(): void;
  /** Changes what is shown and, unless it is only being typed, saves it at once. */
  edit(change: Partial<AgentNotifications>, options?: { readonly typing?: boolean }): void;
  /** Saves what was typed. */
  save(): void;
}

/** The agent's wishes: every change is saved as it is made. */
export function useMyNotifications(api: Api, chatbotId: string): MyNotificationsState {
  const [read, setRead] = useState<MyNotificationsState["read"]>("loading");
  const [draft, setDraft] = useState<AgentNotifications>();
  const [saved, setSaved] = useState<Saved>("no");
  const [attempt, setAttempt] = useState(0);
  const current = useRef<AgentNotifications | undefined>(undefined);
  const stored = useRef<AgentNotifications | undefined>(undefined);
  const writing = useRef(Promise.resolve());

  // Another attempt is a reason to read again.
  useEffect(() => {
    const gone = new AbortController();
    api.call("readMyNotifications", { path: { chatbotId }, signal: gone.signal }).then(
      (reply) => {
        setRead(reply);
        current.current ??= reply.preferences;
        stored.current ??= reply.preferences;
        setDraft(current.current);
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setRead({ failed: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => gone.abort();
  }, [api, chatbotId, attempt]);

  const write = async (): Promise<void> => {
    const preferences = current.current;
    if (preferences === undefined || preferences === stored.current) return;
    setSaved("saving");
    try {
      await api.call("writeMyNotifications", { path: { chatbotId }, body: preferences });
      stored.current = preferences;
      setSaved("saved");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const fields = new Map(error.fields.map(({ path, message }) => [path, message]));
      setSaved({ failed: error.message, fields });
    }
  };
  // One after the other, so that the last one made is the last one stored.
  const save = (): void => {
    writing.current = writing.current.then(write);
  };

  return {
    read,
    draft,
    saved,
    reload: () => setAttempt((before) => before + 1),
    edit(change, { typing = false } = {}) {
      if (current.current === undefined) return;
      current.current = { ...current.current, ...change };
      setDraft(current.current);
      if (typing) setSaved("no");
      else save();
    },
    save,
  };
}
