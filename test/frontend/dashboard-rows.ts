import type { InboxRow } from "../../lambdas/contracts/protocol.ts";

/** A row of the inbox, in whatever regard the test does not care about. */
export function aRow(row: Partial<InboxRow> = {}): InboxRow {
  return {
    conversationId: "conversation-1",
    status: "unassigned",
    epoch: 1,
    seq: 1,
    read: { visitor: 0, agent: 0 },
    unread: { visitor: 0, agent: 1 },
    botAnswers: 0,
    presentUntil: { visitor: 0, agent: 0 },
    lastAt: 1_000,
    startedAt: 1_000,
    ...row,
  };
}
