import { describe, expect, it } from "vitest";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import { erase, eraseConversation } from "../../lambdas/conversation/erase-conversation.ts";
import { eraseExpired } from "../../lambdas/conversation/erase-expired.ts";
import { sweepConversation } from "../../lambdas/conversation/sweep-conversation.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { openPortal } from "../../lambdas/portal/open-portal.ts";
import { aMessage, anAppend } from "../store/builders.ts";
import { aChat, change, day, hello, refusalCode, send } from "./chat-world.ts";

/** A chat, with a bucket that remembers whose files were erased. */
async function aScene() {
  const chat = await aChat();
  const erasedFiles: string[] = [];
  const bucket = { broken: false };
  const fileObjects = {
    async erase({ conversationId }: ConversationRef) {
      if (bucket.broken) throw new Error("S3 is away");
      erasedFiles.push(conversationId);
    },
  };
  const { chatbots } = chat.stores;
  const services = { ...chat.services, chatbots, fileObjects, connections: chat.connections };
  return { ...chat, services, erasedFiles, bucket };
}

describe("erasing a conversation", () => {
  it("closes what is open, takes the row off the dashboards, deletes everything and says so to nobody by name", async () => {
    const { services, act, join, visitor, agent, portal, connections, stores, ref, erasedFiles, eventTypes } =
      await aScene();
    const customer = await portal("customer");
    await act({ caller: agent, connectionId: "dashboard", action: { action: "hello", version: 1, after: 0 } });
    await join(visitor, "widget");
    await join(customer, "portal");
    await join(agent, "dashboard");
    await act({ caller: visitor, connectionId: "widget", action: send("message-1", "my secret") });

    expect(await eraseConversation(services, visitor, ref.conversationId)).toEqual({ erased: true });

    for (const socket of ["widget", "portal"]) {
      expect(connections.framesTo(socket).at(-1)).toMatchObject({ type: "closed", code: "erased" });
    }
    expect(connections.closed.toSorted()).toEqual(["portal", "widget"]);
    expect(connections.framesTo("dashboard").at(-1)).toMatchObject({
      type: "gone",
      conversationId: ref.conversationId,
    });
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toEqual([]);
    expect(await stores.conversations.visitor(ref)).toBeUndefined();
    expect(erasedFiles).toEqual([ref.conversationId]);
    expect(eventTypes()).toContain("conversation.erased.v1");
    expect(JSON.stringify(stores.conversations.outbox.at(-1))).not.toMatch(/secret|visitor-1/);
  });

  it("is the visitor's in the widget and in the customer's portal, and an owner's; not an agent portal's", async () => {
    const { services, portal, visitor, ref, stores } = await aScene();
    const { conversationId } = ref;
    expect(await refusalCode(eraseConversation(services, await portal("agent"), conversationId))).toBe("forbidden");
    expect(await refusalCode(eraseConversation(services, visitor, "conversation-2"))).toBe("not_found");
    await eraseConversation(services, await portal("customer"), conversationId);
    expect(await stores.conversations.erasure(ref)).toMatchObject({ by: "visitor" });
    const other = { ...ref, conversationId: "conversation-2" };
    await stores.conversations.start({ ...other, visitorId: "v", at: 0, facts: {} });
    await erase(services, other, "agent");
    expect(await stores.conversations.erasure(other)).toMatchObject({ by: "agent" });
    expect(await refusalCode(erase(services, { ...ref, conversationId: "conversation-3" }, "agent"))).toBe("not_found");
  });

  it("is refused through a link that was revoked, and repeated through one that went with the conversation", async () => {
    const { services, portal, ref, stores, clock } = await aScene();
    const revoked = await portal("customer", "link-revoked");
    await stores.conversations.revokeLink(ref, "link-revoked", clock.now);
    expect(await refusalCode(eraseConversation(services, revoked, ref.conversationId))).toBe("link_revoked");
    const customer = await portal("customer");
    await eraseConversation(services, customer, ref.conversationId);
    expect(await eraseConversation(services, customer, ref.conversationId)).toEqual({ erased: true });
  });

  it("answers 'erased' to whoever comes back: page, poll and link", async () => {
    const { services, act, visitor, portal, ref, tokens, clock } = await aScene();
    const customer = await portal("customer");
    const token = await tokens.createLinkToken({ ...ref, linkId: customer.linkId }, clock.now + day);
    await eraseConversation(services, visitor, ref.conversationId);
    const again = hello(ref.conversationId);
    expect(await refusalCode(act({ caller: visitor, connectionId: "widget-2", action: again }))).toBe("erased");
    expect(await refusalCode(act({ caller: visitor, action: again }))).toBe("erased");
    expect(await refusalCode(act({ caller: customer, action: again }))).toBe("erased");
    expect(await refusalCode(openPortal({ ...services, tokens }, token))).toBe("erased");
  });

  it("accepts nothing any more from a socket that is still open", async () => {
    const { services, act, join, visitor, ref } = await aScene();
    await join(visitor, "widget");
    await eraseConversation(services, visitor, ref.conversationId);
    const late = { caller: visitor, connectionId: "widget" } as const;
    expect(await refusalCode(act({ ...late, action: send("message-9", "late") }))).toBe("not_found");
    expect(await refusalCode(act({ ...late, action: change("escalate") }))).toBe("not_found");
  });

  it("has happened even when the bucket is away, and the event's consumer finishes it", async () => {
    const { services, visitor, ref, bucket, erasedFiles, log, eventTypes } = await aScene();
    bucket.broken = true;
    expect(await eraseConversation(services, visitor, ref.conversationId)).toEqual({ erased: true });
    expect(log.lines.map(({ code }) => code)).toContain("sweep_unfinished");
    expect(eventTypes()).toContain("conversation.erased.v1");
    bucket.broken = false;
    expect(await sweepConversation(services, ref, Number.POSITIVE_INFINITY)).toBe(true);
    expect(erasedFiles).toEqual([ref.conversationId]);
  });

  it("stops sweeping after its portion and says that there is more", async () => {
    const { services, ref } = await aScene();
    const asked: number[] = [];
    const conversations = {
      async sweep(_: ConversationRef, limit: number) {
        asked.push(limit);
        return "more" as const;
      },
    };
    expect(await sweepConversation({ ...services, conversations }, ref, 500)).toBe(false);
    expect(asked).toEqual([250, 250]);
  });
});

describe("the retention", () => {
  async function aShelf(days: number) {
    const scene = await aScene();
    const { stores, clock } = scene;
    const settings = ChatbotSettings.parse({ brand: { name: "Shop" }, retention: { days } });
    await stores.chatbots.update("shop", 1, { settings, sealed: {} });
    const say = (ref: ConversationRef) =>
      stores.conversations.append(ref, anAppend({ message: aMessage("hello", { at: clock.now }) }));
    const aConversationOf = async (conversationId: string, chatbotId = "shop") => {
      const ref = { chatbotId, conversationId };
      await stores.conversations.start({ ...ref, visitorId: "v", at: clock.now, facts: {} });
      return ref;
    };
    const isThere = async (ref: ConversationRef) => (await stores.conversations.head(ref)) !== undefined;
    const nightly = (deadline = clock.now + day) => eraseExpired(scene.services, deadline);
    return { ...scene, say, aConversationOf, isThere, nightly };
  }

  it("erases what has been silent for longer, and keeps what was said since", async () => {
    const { aConversationOf, say, isThere, nightly, clock, stores } = await aShelf(30);
    const silent = await aConversationOf("conversation-silent");
    const talking = await aConversationOf("conversation-talking");
    clock.now += 29 * day;
    await say(talking);
    await nightly();
    expect([await isThere(silent), await isThere(talking)]).toEqual([true, true]);
    clock.now += 2 * day;
    await nightly();
    expect([await isThere(silent), await isThere(talking)]).toEqual([false, true]);
    expect(await stores.conversations.erasure(silent)).toMatchObject({ by: "retention" });
  });

  it("leaves chatbots alone that keep theirs", async () => {
    const { aConversationOf, isThere, nightly, clock } = await aShelf(0);
    const ref = await aConversationOf("conversation-kept");
    clock.now += 4_000 * day;
    await nightly();
    expect(await isThere(ref)).toBe(true);
  });

  it("stops when its time is over, and goes on the next night", async () => {
    const { aConversationOf, isThere, nightly, clock, log } = await aShelf(30);
    const ref = await aConversationOf("conversation-late");
    clock.now += 31 * day;
    await nightly(clock.now - 1);
    expect(await isThere(ref)).toBe(true);
    expect(log.lines.at(-1)?.code).toBe("retention_unfinished");
    await nightly();
    expect(await isThere(ref)).toBe(false);
  });

  it("erases many in one night, and rings when one of them can't be erased", async () => {
    const { aConversationOf, isThere, clock, services } = await aShelf(30);
    const refs = [];
    for (let i = 0; i < 120; i++) refs.push(await aConversationOf(`conversation-${String(i).padStart(4, "0")}`));
    clock.now += 31 * day;
    const { erase: eraseOne } = services.conversations;
    const conversations = {
      ...services.conversations,
      erase: (...args: Parameters<typeof eraseOne>) => {
        if (args[0].conversationId === "conversation-0007") return Promise.reject(new Error("throttled"));
        return eraseOne(...args);
      },
    };
    await expect(eraseExpired({ ...services, conversations }, clock.now + day)).rejects.toThrow("could not be erased");
    const left = [];
    for (const ref of refs) if (await isThere(ref)) left.push(ref.conversationId);
    expect(left).toEqual(["conversation-0007"]);
  });
});
