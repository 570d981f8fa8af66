import { useEffect, useState } from "preact/hooks";
import type { ConversationModel } from "./conversation-model.ts";

/** Draws the component again whenever the model changes, and when a presence lease ends without anybody saying so. */
export function useModel(model: ConversationModel): void {
  const [, count] = useState(0);
  const draw = () => count((before) => before + 1);
  const changesAt = model.presenceChangesAt;
  useEffect(() => model.subscribe(draw), [model]);
  useEffect(() => {
    if (changesAt === undefined) return;
    const timer = setTimeout(draw, changesAt - Date.now() + 50);
    return () => clearTimeout(timer);
  }, [changesAt]);
}
