import { describe, expect, it } from "vitest";
import type { TicketAddition, TicketOutcome } from "../../lambdas/adapters/zendesk.ts";
import type { Lead } from "../../lambdas/contracts/http.ts";
import { completeTicket } from "../../lambdas/notification/complete-ticket.ts";
import { escalatedByZendesk } from "../../lambdas/notification/notification-ids.ts";
import { TryAgain } from "../../lambdas/runtime/batch.ts";
import type { Notification } from "../../lambdas/store/conversations.ts";
import { aNotification } from "../store/builders.ts";
import { aChatbot, anEscalation, aWorld } from "./notify-world.ts";

/** An escalation whose ticket is in a state, and a Zendesk that remembers what was added to it. */
async function aScene({ state = "sent" as Notification["state"] | "none", chatbot = aChatbot("demo") } = {}) {
  const world = await aWorld(chatbot);
  const { ref, detail } = await anEscalation(world);
  const { conversations } = world.stores;
  const notificationId = escalatedByZendesk(detail.epoch);
  if (state !== "none") {
    await conversations.claim(
      ref,
      aNotification(notificationId, { channel: "zendesk", recipient: "fernweh.zendesk.com" }),
    );
    if (state !== "sending") {
      await conversations.settle(ref, notificationId, { state, at: world.clock.now, externalId: "35436" });
    }
  }
  const added: { readonly ticketId: string; readonly addition: TicketAddition }[] = [];
  const answers: TicketOutcome[] = [];
  const zendesk = {
    async add(_: unknown, ticketId: string, addition: TicketAddition): Promise<TicketOutcome> {
      added.push({ ticketId, addition });
      return answers.shift() ?? { kind: "ticket", ticketId };
    },
  };
  const outside = { ...world.outside, zendesk, openToken: async (_: string, sealed: string) => sealed };
  const complete = () => completeTicket(outside, { ...ref, eventId: `lead-${world.clock.now}`, at: world.clock.now });
  const leave = async (lead: Lead) => {
    await conversations.saveLead(ref, lead);
    await complete();
  };
  const ledger = async () =>
    ((await conversations.open(ref, { limit: 1 }))?.notifications ?? []).filter(
      (each) => each.notificationId !== notificationId,
    );
  return { ...world, ref, added, answers, complete, leave, ledger };
}

describe("a lead that comes after the ticket", () => {
  it("becomes its requester, with an internal note", async () => {
    const { leave, added, ledger } = await aScene();
    await leave({ name: "Ada", email: "ada@example.com", phone: "+49 30 123456" });
    expect(added).toMatchObject([
      { ticketId: "35436", addition: { requester: { name: "Ada", email: "ada@example.com" }, again: false } },
    ]);
    for (const expected of ["ada@example.com", "+49 30 123456"]) expect(added[0]?.addition.note).toContain(expected);
    expect(await ledger()).toMatchObject([{ channel: "zendesk", state: "sent", externalId: "35436" }]);
  });

  it("is added once for each state of it, however often it is saved and delivered", async () => {
    const { leave, complete, added } = await aScene();
    await leave({ name: "Ada" });
    await complete();
    await leave({ name: "Ada" });
    expect(added).toHaveLength(1);
    expect(added[0]?.addition.requester).toBeUndefined();
    await leave({ email: "ada@example.com" });
    expect(added).toHaveLength(2);
  });

  it("waits while the ticket is being made", async () => {
    const { leave, added } = await aScene({ state: "sending" });
    await expect(leave({ name: "Ada" })).rejects.toBeInstanceOf(TryAgain);
    expect(added).toEqual([]);
  });

  it.each(["none", "failed", "skipped"] as const)("is left to the ticket when that is %s", async (state) => {
    const { leave, added } = await aScene({ state });
    await leave({ name: "Ada" });
    expect(added).toEqual([]);
  });

  it("is tried again when Zendesk can't take it, and then looks for its own note", async () => {
    const { leave, complete, added, answers, ledger } = await aScene();
    answers.push({ kind: "unavailable", detail: "Zendesk did not answer." });
    await expect(leave({ name: "Ada" })).rejects.toBeInstanceOf(TryAgain);
    expect(await ledger()).toMatchObject([{ state: "failed" }]);
    await complete();
    expect(added.map(({ addition }) => addition.again)).toEqual([false, true]);
    expect(await ledger()).toMatchObject([{ state: "sent" }]);
  });

  it("is given up where only the owner can help", async () => {
    const { leave, answers, ledger, logged } = await aScene();
    answers.push({ kind: "refused", detail: "Zendesk 403" });
    await leave({ name: "Ada" });
    expect(await ledger()).toMatchObject([{ state: "failed", detail: "Zendesk 403" }]);
    expect(logged).toContain("zendesk_refused");
  });

  it("is nobody's business once Zendesk is switched off or the conversation erased", async () => {
    const off = await aScene({ chatbot: aChatbot("demo", { liveChat: { zendesk: { enabled: false } } }) });
    await off.leave({ name: "Ada" });
    const gone = await aScene();
    await gone.stores.conversations.erase(gone.ref, { by: "visitor", at: gone.clock.now }, []);
    await gone.complete();
    expect([...off.added, ...gone.added]).toEqual([]);
  });
});
