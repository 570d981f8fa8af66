import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { identifyVisitor } from "../../lambdas/conversation/identify-visitor.ts";
import { saveLead } from "../../lambdas/conversation/save-lead.ts";
import { DomainError } from "../../lambdas/domain/errors.ts";
import type { SessionCaller } from "../../lambdas/runtime/caller.ts";
import { aChat, change, refusalCode } from "./chat-world.ts";

const secret = "an identity secret of more than 32 characters";

async function aScene({ withSecret = true } = {}) {
  const chat = await aChat();
  const { stores, services, clock, visitor, ref } = chat;
  const chatbot = await stores.chatbots.get("shop");
  if (chatbot === undefined) throw new Error("no chatbot");
  if (withSecret) {
    await stores.chatbots.update("shop", 1, { ...chatbot, sealed: { identitySecret: `sealed:${secret}` } });
  }
  const outside = { ...services, openSecret: async (_: string, sealed: string) => sealed.replace("sealed:", "") };
  const seconds = () => Math.floor(clock.now / 1000);
  const token = (claims: object = {}, { key = secret, alg = "HS256" } = {}) =>
    new SignJWT({ sub: "user-7", exp: seconds() + 600, ...claims })
      .setProtectedHeader({ alg })
      .sign(new TextEncoder().encode(key));
  const identify = (jwt: string, caller: SessionCaller = visitor) =>
    identifyVisitor(outside, caller, ref.conversationId, jwt);
  /** What the refusal says of the token. */
  const refusal = async (jwt: string) => {
    const error = await identify(jwt).catch((thrown: unknown) => thrown);
    if (!(error instanceof DomainError) || error.code !== "bad_request") throw error;
    return error.fields[0]?.message;
  };
  return { ...chat, token, identify, refusal, seconds };
}

describe("a visitor whom the owner's server vouches for", () => {
  it("is shown with name, address and the owner's id of them", async () => {
    const { token, identify, stores, ref, clock, services, visitor } = await aScene();
    const jwt = await token({ name: "Ada\u202e Lovelace", email: "ada@example.com" });
    expect(await identify(jwt)).toEqual({
      verified: true,
      lead: { name: "Ada Lovelace", email: "ada@example.com" },
    });
    expect(await stores.conversations.visitor(ref)).toMatchObject({ verified: { subject: "user-7", at: clock.now } });
    // What was vouched for is not the visitor's to change; the rest is.
    const lead = { email: "other@example.com", phone: "+49 30 123456" };
    expect(await saveLead(services, visitor, ref.conversationId, lead)).toEqual({
      name: "Ada Lovelace",
      email: "ada@example.com",
      phone: "+49 30 123456",
    });
  });

  it("is told to the agents in the conversation and on the dashboards, not to the visitor", async () => {
    const { token, identify, join, act, visitor, agent, connections, ref } = await aScene();
    await join(visitor, "widget");
    await act({ caller: agent, connectionId: "dashboard", action: { action: "hello", version: 1, after: 0 } });
    await join(agent, "dashboard");
    await identify(await token({ name: "Ada" }));
    const frames = connections.framesTo("dashboard");
    expect(frames).toContainEqual(
      expect.objectContaining({
        type: "visitor",
        conversationId: ref.conversationId,
        lead: { name: "Ada" },
        verified: expect.objectContaining({ subject: "user-7" }),
      }),
    );
    expect(frames.find(({ type }) => type === "row")).toMatchObject({ row: { displayName: "Ada" } });
    expect(connections.framesTo("widget").filter(({ type }) => type === "visitor")).toEqual([]);
  });

  it("may prove it again, and nobody else may take the conversation over", async () => {
    const { token, identify } = await aScene();
    await identify(await token());
    await identify(await token({ name: "Ada" }));
    expect(await refusalCode(identify(await token({ sub: "user-8" })))).toBe("conflict");
  });

  it("raises an event without the person in it once a human was asked for", async () => {
    const { token, identify, act, visitor, stores, eventTypes } = await aScene();
    await identify(await token({ name: "Ada" }));
    expect(eventTypes()).not.toContain("lead.saved.v1");
    await act({ caller: visitor, action: change("escalate") });
    await identify(await token({ name: "Ada L" }));
    expect(stores.conversations.outbox.at(-1)).toMatchObject({ type: "lead.saved.v1" });
    expect(JSON.stringify(stores.conversations.outbox)).not.toContain("Ada");
  });
});

describe("an identity token", () => {
  it("is refused with the reason", async () => {
    const { token, refusal, seconds } = await aScene();
    expect(await refusal(await token({}, { key: "another secret of more than 32 characters" }))).toMatch(
      /not signed with this/,
    );
    expect(await refusal(await token({}, { alg: "HS512" }))).toMatch(/HS256/);
    expect(await refusal(new UnsecuredJWT({ sub: "user-7", exp: seconds() + 600 }).encode())).toMatch(
      /not a signed|HS256/,
    );
    expect(await refusal(await token({ exp: seconds() - 31 }))).toMatch(/expired/);
    expect(await refusal(await token({ exp: undefined }))).toMatch(/no claim exp/);
    expect(await refusal(await token({ sub: undefined }))).toMatch(/no claim sub/);
    expect(await refusal(await token({ sub: "" }))).toMatch(/claim sub/);
    expect(await refusal(await token({ sub: 7 }))).toMatch(/claim sub/);
    expect(await refusal(await token({ exp: seconds() + 3_700 }))).toMatch(/longer than an hour/);
    expect(await refusal(await token({ nbf: seconds() + 600 }))).toMatch(/nbf/);
    expect(await refusal(await token({ email: "not an address" }))).toMatch(/claim email/);
    expect(await refusal("rubbish")).toMatch(/not a signed/);
  });

  it("may be half a minute off, and live for an hour", async () => {
    const { token, identify, seconds } = await aScene();
    await identify(await token({ exp: seconds() - 29 }));
    await identify(await token({ exp: seconds() + 3_600 }));
  });

  it("is for visitors, in their own conversation, of chatbots with a secret", async () => {
    const { token, identify, portal } = await aScene();
    expect(await refusalCode(identify(await token(), await portal("agent")))).toBe("forbidden");
    await identify(await token(), await portal("customer"));
    const none = await aScene({ withSecret: false });
    expect(await none.refusal(await none.token())).toMatch(/no identity secret/);
  });
});
