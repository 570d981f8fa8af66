import { expect, test } from "vitest";
import { notifyByEmail } from "../../lambdas/notification/notify-by-email.ts";
import { notifyZendesk } from "../../lambdas/notification/notify-zendesk.ts";
import { aMove, minutes } from "../store/builders.ts";
import { anEscalation, aWorld } from "./notify-world.ts";

test("an escalation after the conversation was handed back tells once more, exactly once, with a ticket of its own", async () => {
  const world = await aWorld();
  const created: string[] = [];
  const outside = {
    ...world.outside,
    openToken: async (_: string, sealed: string) => sealed,
    zendesk: {
      find: async () => ({ kind: "none" }) as const,
      create: async (_: unknown, { externalId }: { readonly externalId: string }) => {
        created.push(externalId);
        return { kind: "ticket", ticketId: `t-${created.length}` } as const;
      },
    },
  };
  const first = await anEscalation(world);
  const { conversations } = world.stores;
  await conversations.move(first.ref, aMove("handBack", { at: minutes(6) }));
  const again = await conversations.move(first.ref, aMove("escalate", { at: minutes(7), reference: "9RT2-5MLW" }));
  if (again.kind !== "moved") throw new Error("not escalated again");
  const { epoch, seq } = again.head;
  const second = { ...first.detail, eventId: "event-2", at: minutes(7), epoch, seq, reference: "9RT2-5MLW" };

  // Late, early and twice, as a bus delivers.
  for (const detail of [first.detail, second, first.detail, second]) {
    await notifyByEmail(outside, detail);
    await notifyZendesk(outside, detail);
  }
  expect(world.mailbox.sent).toHaveLength(2);
  expect(world.mailbox.sent.map(({ text }) => text)).toContainEqual(expect.stringContaining("9RT2-5MLW"));
  expect(created).toHaveLength(2);
  expect(new Set(created).size).toBe(2);
});
