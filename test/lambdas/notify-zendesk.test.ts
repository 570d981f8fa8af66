import { describe, expect, it } from "vitest";
import type { NewTicket, TicketOutcome, Zendesk, ZendeskAccount } from "../../lambdas/adapters/zendesk.ts";
import { notifyZendesk, requesterOf } from "../../lambdas/notification/notify-zendesk.ts";
import { TryAgain } from "../../lambdas/runtime/batch.ts";
import { aChatbot, anEscalation, aWorld, type World } from "./notify-world.ts";

/** Keeps tickets by external id; answers can be set for the next creations, and whether those happen all the same. */
function aZendesk() {
  const tickets = new Map<string, NewTicket>();
  const accounts: ZendeskAccount[] = [];
  const creations: string[] = [];
  const answers: { outcome: TicketOutcome; created?: boolean }[] = [];
  const zendesk: Zendesk = {
    async find(_, externalId) {
      return tickets.has(externalId) ? { kind: "ticket", ticketId: `t-${externalId}` } : { kind: "none" };
    },
    async create(account, ticket) {
      accounts.push(account);
      creations.push(ticket.externalId);
      const answer = answers.shift();
      if (answer === undefined || answer.created) tickets.set(ticket.externalId, ticket);
      return answer?.outcome ?? { kind: "ticket", ticketId: `t-${ticket.externalId}` };
    },
  };
  return { zendesk, tickets, accounts, creations, answers };
}

function outsideOf(world: World, zendesk: Zendesk) {
  return { ...world.outside, zendesk, openToken: async (_: string, sealed: string) => sealed.replace("sealed:", "") };
}

async function aScene(chatbot = aChatbot("demo"), lead: object = { name: "Ada", email: "ada@example.com" }) {
  const world = await aWorld(chatbot);
  const { ref, detail } = await anEscalation(world, { lead });
  const stub = aZendesk();
  const outside = outsideOf(world, stub.zendesk);
  const ledger = async () => (await world.stores.conversations.open(ref, { limit: 1 }))?.notifications;
  return { ...stub, world, ref, detail, ledger, notify: () => notifyZendesk(outside, detail) };
}

describe("the ticket of an escalation", () => {
  it("holds who, what and the agent's link, and is an internal note of the lead's", async () => {
    const { notify, tickets, accounts, ref, ledger } = await aScene();
    await notify();
    const externalId = `livechat:demo:${ref.conversationId}:2`;
    const ticket = tickets.get(externalId);
    expect(ticket).toMatchObject({
      subject: "[7KQ4-M2TX] Ada would like to talk to a person (live chat)",
      requester: { name: "Ada", email: "ada@example.com" },
      tags: ["live-chat", "chatbot-demo"],
    });
    for (const expected of [
      "Where is my parcel?",
      "Germany",
      "7KQ4-M2TX",
      "https://chat.example/portal/agent#token-of-",
    ]) {
      expect(ticket?.note).toContain(expected);
    }
    expect(accounts[0]).toEqual({ subdomain: "fernweh", user: "bot@example.com", token: "token" });
    expect(await ledger()).toMatchObject([{ channel: "zendesk", state: "sent", externalId: `t-${externalId}` }]);
  });

  it("is one, however often the event comes", async () => {
    const { notify, tickets, creations } = await aScene();
    for (let n = 0; n < 3; n++) await notify();
    expect(creations).toHaveLength(1);
    expect(tickets.size).toBe(1);
  });

  it("is one when two deliveries come at the same moment: the second waits for the first", async () => {
    const { notify, creations } = await aScene();
    const outcomes = await Promise.allSettled([notify(), notify()]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
    await notify();
    expect(creations).toHaveLength(1);
  });

  it("is found again when Zendesk had created it but its answer was lost", async () => {
    const { notify, answers, creations, ledger } = await aScene();
    answers.push({ outcome: { kind: "unavailable", detail: "Zendesk did not answer." }, created: true });
    await expect(notify()).rejects.toBeInstanceOf(TryAgain);
    await notify();
    expect(creations).toHaveLength(1);
    expect(await ledger()).toMatchObject([{ state: "sent", attempts: 2 }]);
  });

  it("is made later when Zendesk was down", async () => {
    const { notify, answers, tickets } = await aScene();
    answers.push({ outcome: { kind: "unavailable", detail: "Zendesk is not available (503)." } });
    await expect(notify()).rejects.toBeInstanceOf(TryAgain);
    expect(tickets.size).toBe(0);
    await notify();
    expect(tickets.size).toBe(1);
  });

  it("says in the ledger until when Zendesk limits requests", async () => {
    const { notify, answers, ledger } = await aScene();
    answers.push({ outcome: { kind: "limited", retryAfterSeconds: 37 } });
    await expect(notify()).rejects.toBeInstanceOf(TryAgain);
    expect(await ledger()).toMatchObject([
      { state: "failed", detail: "Zendesk limits requests. Trying again after 2026-11-22T09:10:37Z." },
    ]);
  });

  it("is not tried again when only the owner can mend it", async () => {
    const { notify, answers, ledger, world } = await aScene();
    answers.push({ outcome: { kind: "refused", detail: "Zendesk 401: enter the token again." } });
    await notify();
    expect(await ledger()).toMatchObject([{ state: "failed", detail: "Zendesk 401: enter the token again." }]);
    expect(world.logged).toContain("zendesk_refused");
  });

  it("is taken over from a consumer that died, after two minutes and not before", async () => {
    const { world, ref, detail, creations, notify } = await aScene();
    const died = { ...aZendesk().zendesk, create: () => new Promise<never>(() => undefined) };
    void notifyZendesk(outsideOf(world, died), detail);
    await expect
      .poll(async () => (await world.stores.conversations.notification(ref, "escalated-2:zendesk"))?.state)
      .toBe("sending");
    await expect(notify()).rejects.toBeInstanceOf(TryAgain);
    world.clock.now += 2 * 60_000;
    await notify();
    expect(creations).toHaveLength(1);
  });

  it("says that the API token is missing", async () => {
    const { notify, ledger, creations } = await aScene(aChatbot("demo", {}, { sealed: {} }));
    await notify();
    expect(creations).toEqual([]);
    expect(await ledger()).toMatchObject([{ state: "failed", detail: expect.stringContaining("API token") }]);
  });

  it.each([
    ["Zendesk is off", aChatbot("demo", { liveChat: { zendesk: { enabled: false } } })],
    ["live chat is off", aChatbot("demo", { liveChat: { enabled: false } })],
  ])("is not made when %s", async (_, chatbot) => {
    const { notify, ledger, creations } = await aScene(chatbot);
    await notify();
    expect(creations).toEqual([]);
    expect(await ledger()).toEqual([]);
  });
});

describe("the requester", () => {
  it("is nobody without an address", () => {
    expect(requesterOf({ name: "Ada" })).toBeUndefined();
  });
  it.each([
    ["Ada Lovelace", "Ada Lovelace"],
    ["WIN: https://evil.example/x", "WIN https evil example x"],
    ["<a href=x>", "a href x"],
    ["...", "Live chat customer"],
    ["Zoë O'Neil-Gómez", "Zoë O'Neil-Gómez"],
  ])("is named so that no link survives: %s", (name, expected) => {
    expect(requesterOf({ name, email: "ada@example.com" })?.name).toBe(expected);
  });
});
