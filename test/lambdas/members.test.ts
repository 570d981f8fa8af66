import { describe, expect, test } from "vitest";
import type { UserDirectory } from "../../lambdas/adapters/user-directory.ts";
import { inviteMember, listMembers } from "../../lambdas/chatbot/members.ts";
import { removeMember } from "../../lambdas/chatbot/remove-member.ts";
import { AgentNotifications } from "../../lambdas/contracts/http.ts";
import { aChat, type Chat, change, refusalCode, send } from "./chat-world.ts";

async function aTeam() {
  const chat = await aChat();
  const olga = {
    agentId: "agent-olga",
    chatbotId: "shop",
    role: "owner",
    email: "olga@example.com",
    name: "Olga",
  } as const;
  await chat.stores.members.put(olga);
  const invited: string[] = [];
  const directory: UserDirectory = {
    async findOrInvite(email) {
      invited.push(email);
      return `sub-of-${email}`;
    },
  };
  const services = {
    ...chat.services,
    members: chat.stores.members,
    agentNotifications: chat.stores.agentNotifications,
    connections: chat.connections,
    directory,
  };
  return { chat, services, invited };
}

const inbox = (chat: Chat, connectionId: string) =>
  chat.act({ caller: chat.agent, connectionId, action: { action: "hello", version: 1, after: 0 } });

test("members are listed owners first", async () => {
  const { services } = await aTeam();
  expect((await listMembers(services, "shop")).map(({ name }) => name)).toEqual(["Olga", "Ada"]);
});

describe("inviting", () => {
  test("makes a member of somebody new", async () => {
    const { services, invited } = await aTeam();
    const body = { email: "New@example.com", name: "New", role: "agent" } as const;
    const member = await inviteMember(services, "shop", body);
    expect(member).toEqual({ ...body, email: "new@example.com", agentId: "sub-of-New@example.com" });
    expect(invited).toHaveLength(1);
  });

  test("changes the role of a member without another invitation", async () => {
    const { services, invited } = await aTeam();
    await inviteMember(services, "shop", { email: "ADA@example.com", name: "Ada L.", role: "owner" });
    expect(await services.members.get("agent-ada", "shop")).toMatchObject({ role: "owner", name: "Ada L." });
    expect(invited).toEqual([]);
  });

  test("can't make an agent of the last owner", async () => {
    const { services } = await aTeam();
    const body = { email: "olga@example.com", name: "Olga", role: "agent" } as const;
    expect(await refusalCode(inviteMember(services, "shop", body))).toBe("conflict");
  });
});

describe("removing", () => {
  test("closes every socket of theirs, in the inbox and in conversations", async () => {
    const { chat, services } = await aTeam();
    await inbox(chat, "socket-team");
    await chat.join(chat.agent, "socket-talk");
    await chat.act({ caller: chat.agent, connectionId: "socket-talk", action: change("takeOver") });
    await removeMember(services, "shop", "agent-ada");
    expect(chat.connections.closed.toSorted()).toEqual(["socket-talk", "socket-team"]);
    expect(chat.connections.framesTo("socket-talk").at(-1)).toMatchObject({ type: "closed", code: "forbidden" });
    const sending = chat.act({ caller: chat.agent, connectionId: "socket-talk", action: send("message-1", "Hi") });
    expect(await refusalCode(sending)).toBe("hello_required");
    expect(await refusalCode(chat.join(chat.agent, "socket-talk"))).toBe("not_found");
  });

  test("forgets how they wanted to be told", async () => {
    const { chat, services } = await aTeam();
    const { agentNotifications } = chat.stores;
    await agentNotifications.writePreferences("shop", "agent-ada", AgentNotifications.parse({ phone: "+4930123456" }));
    await removeMember(services, "shop", "agent-ada");
    expect(await agentNotifications.ofChatbot("shop")).toEqual([]);
  });

  test("refuses the last owner and finds no stranger", async () => {
    const { services } = await aTeam();
    expect(await refusalCode(removeMember(services, "shop", "agent-olga"))).toBe("conflict");
    expect(await refusalCode(removeMember(services, "shop", "nobody"))).toBe("not_found");
    expect(await refusalCode(removeMember(services, "other", "agent-olga"))).toBe("not_found");
  });
});
