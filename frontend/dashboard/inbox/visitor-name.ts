import type { InboxRow } from "../../../lambdas/contracts/protocol.ts";
import type { DashboardText } from "../text.ts";

/** What we call somebody: the name they left, or a short form of the conversation's id that two agents can tell each other. */
export function visitorName(t: DashboardText["t"], row: Pick<InboxRow, "conversationId" | "displayName">): string {
  return row.displayName ?? t("visitorNumber", { id: row.conversationId.slice(-4).toUpperCase() });
}
