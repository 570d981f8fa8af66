import { useEffect, useReducer } from "preact/hooks";
import type { ConversationModel } from "./conversation-model.ts";

/** Draws the component again whenever the model changes, and when a presence lease ends without anybody saying so. */
export function useModel(model: ConversationModel): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => model.subscribe(() => draw(undefined)), [model]);
  const changesAt = model.presenceChangesAt;
  useEffect(() => {
    if (changesAt === undefined) return;
    const timer = setTimeout(() => draw(undefined), Math.max(0, changesAt - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [changesAt]);
}
