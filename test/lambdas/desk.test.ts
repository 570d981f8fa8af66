import { describe, expect, test } from "vitest";
import { operations } from "../../lambdas/contracts/http.ts";
import { limits } from "../../lambdas/contracts/limits.ts";
import { deleteReply, putReply } from "../../lambdas/desk/canned-replies.ts";
import { listTeam } from "../../lambdas/desk/list-team.ts";
import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";
import { aChat, refusalCode, start } from "./chat-world.ts";

test("the team is listed by name, with who is there and until when at the latest", async () => {
  const chat = await aChat();
  const seconds = Math.floor(start / 1000);
  const zoe = {
    chatbotId: "shop",
    agentId: "agent-zoe",
    name: "Zoe",
    email: "zoe@example.com",
    role: "owner",
  } as const;
  await chat.stores.members.put(zoe);
  for (const [connectionId, until] of [
    ["one", seconds + 60],
    ["two", seconds + 120],
  ] as const) {
    await chat.stores.team.join({ chatbotId: "shop", connectionId, agentId: "agent-zoe", name: "Zoe", until });
  }
  const view = await listTeam({ ...chat.stores, now: () => chat.clock.now }, "shop");
  expect(operations.listTeam.reply.parse(view)).toEqual(view);
  expect(view.team).toEqual([
    { agentId: "agent-ada", name: "Ada", presentUntil: 0 },
    { agentId: "agent-zoe", name: "Zoe", presentUntil: (seconds + 120) * 1000 },
  ]);
  expect(view.allowed).toEqual({ handBack: false, attachments: true });
  expect(await refusalCode(listTeam({ ...chat.stores, now: () => 0 }, "other"))).toBe("not_found");
});

describe("canned replies", () => {
  const body = { title: "Hello", text: "Hello {name}, this is {agent}." };

  test("are replaced under a shortcut of another case", async () => {
    const { replies } = createMemoryStores();
    await putReply(replies, "shop", "hi", body);
    await putReply(replies, "shop", "HI", { ...body, title: "Louder" });
    expect(await replies.list("shop")).toEqual([{ shortcut: "HI", ...body, title: "Louder" }]);
  });

  test("end at the limit, where those that are there can still be changed", async () => {
    const { replies } = createMemoryStores();
    for (let n = 0; n < limits.cannedReplies; n++) await replies.put("shop", { shortcut: `r${n}`, ...body });
    expect(await refusalCode(putReply(replies, "shop", "another", body))).toBe("conflict");
    expect(await putReply(replies, "shop", "R7", body)).toMatchObject({ shortcut: "R7" });
    expect(await deleteReply(replies, "shop", "r8")).toEqual({ shortcut: "r8" });
    expect(await refusalCode(deleteReply(replies, "shop", "r8"))).toBe("not_found");
    expect(await putReply(replies, "shop", "another", body)).toMatchObject({ shortcut: "another" });
  });

  test("take a shortcut in any script, however its accents are typed, and nothing that could not follow a slash", () => {
    const shortcut = (value: string) =>
      operations.listReplies.reply.shape.replies.element.shape.shortcut.safeParse(value);
    expect(shortcut("cafe\u0301")).toMatchObject({ success: true, data: "café" });
    expect(shortcut("挨拶").success).toBe(true);
    expect(["", "two words", "a/b", "x".repeat(31)].map((each) => shortcut(each).success)).not.toContain(true);
  });
});
