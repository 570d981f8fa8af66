import { describe, expect, it } from "vitest";
import { limits } from "../../lambdas/contracts/limits.ts";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import { attachFiles } from "../../lambdas/conversation/attach-files.ts";
import { readFile } from "../../lambdas/file/read-file.ts";
import { requestUpload } from "../../lambdas/file/request-upload.ts";
import type { Caller } from "../../lambdas/runtime/caller.ts";
import type { FileRecord } from "../../lambdas/store/files.ts";
import { aChat, day, refusalCode } from "./chat-world.ts";

const png = { name: "parcel.png", type: "image/png" as const, size: 68 };

/** A chat with a bucket that remembers what was uploaded and kept. */
async function aScene() {
  const chat = await aChat();
  const uploaded = new Set<string>();
  const kept: string[] = [];
  const addressOf = async (file: FileRecord) => ({ url: `/files/${file.fileId}`, headers: {}, expiresInSeconds: 60 });
  const fileObjects = {
    uploadAddress: addressOf,
    downloadAddress: addressOf,
    async keep(file: FileRecord) {
      if (uploaded.has(file.fileId)) kept.push(file.fileId);
      return uploaded.has(file.fileId);
    },
  };
  const services = { ...chat.stores, fileObjects, ids: chat.ids, now: () => chat.clock.now };
  const { conversationId } = chat.ref;
  const upload = (caller: Caller, file: typeof png = png) => requestUpload(services, caller, conversationId, file);
  const read = (caller: Caller, fileId: string) => readFile(services, caller, conversationId, fileId);
  const attach = (party: "visitor" | "agent", ...fileIds: string[]) =>
    attachFiles(services, { ref: chat.ref, party }, fileIds);
  async function sent(caller: Caller, party: "visitor" | "agent"): Promise<string> {
    const { fileId } = await upload(caller);
    uploaded.add(fileId);
    await attach(party, fileId);
    return fileId;
  }
  return { ...chat, services, uploaded, kept, upload, read, attach, sent };
}

describe("announcing a file", () => {
  it("gives its address to a visitor, a portal of either side and an agent", async () => {
    const { upload, visitor, agent, portal } = await aScene();
    for (const caller of [visitor, agent, await portal("agent"), await portal("customer")]) {
      expect(await upload(caller)).toMatchObject({ url: expect.stringMatching(/^\/files\//), expiresInSeconds: 60 });
    }
  });

  it("is refused in another conversation, and in one that does not exist", async () => {
    const { services, visitor, agent } = await aScene();
    expect(await refusalCode(requestUpload(services, visitor, "conversation-2", png))).toBe("not_found");
    expect(await refusalCode(requestUpload(services, agent, "conversation-2", png))).toBe("not_found");
  });

  it("is refused through a link that was revoked", async () => {
    const { upload, portal, stores, ref, clock } = await aScene();
    const caller = await portal("customer");
    await stores.conversations.revokeLink(ref, caller.linkId, clock.now);
    expect(await refusalCode(upload(caller))).toBe("link_revoked");
  });

  it("is the owner's to switch off for visitors, not for agents", async () => {
    const { upload, visitor, agent, stores } = await aScene();
    const settings = ChatbotSettings.parse({ brand: { name: "Shop" }, liveChat: { attachments: { enabled: false } } });
    await stores.chatbots.update("shop", 1, { settings, sealed: {} });
    expect(await refusalCode(upload(visitor))).toBe("forbidden");
    await upload(agent);
  });

  it(`stops a visitor who has ${limits.unsentFiles} files waiting, until they are sent or forgotten`, async () => {
    const { upload, visitor, agent, uploaded, attach, clock } = await aScene();
    const { fileId } = await upload(visitor);
    for (let i = 1; i < limits.unsentFiles; i++) await upload(visitor);
    expect(await refusalCode(upload(visitor))).toBe("too_many_requests");
    await upload(agent);
    uploaded.add(fileId);
    await attach("visitor", fileId);
    await upload(visitor);
    clock.now += 2 * day + 1;
    await upload(visitor);
  });
});

describe("reading a file", () => {
  it("is both sides' once it was sent", async () => {
    const { sent, read, visitor, agent, portal } = await aScene();
    const fileId = await sent(visitor, "visitor");
    for (const caller of [visitor, agent, await portal("agent"), await portal("customer")]) {
      expect(await read(caller, fileId)).toMatchObject({ file: { fileId, ...png } });
    }
  });

  it("is its own side's before", async () => {
    const { upload, read, visitor, agent } = await aScene();
    const { fileId } = await upload(agent);
    expect(await refusalCode(read(visitor, fileId))).toBe("not_found");
    expect(await read(agent, fileId)).toMatchObject({ file: { fileId } });
  });

  it("is nobody's in another conversation or chatbot", async () => {
    const { sent, visitor, agent, services, stores, clock } = await aScene();
    const fileId = await sent(visitor, "visitor");
    const other = { chatbotId: "acme", conversationId: "conversation-1" };
    await stores.conversations.start({ ...other, visitorId: "visitor-9", at: clock.now, facts: {} });
    const stranger: Caller = { kind: "visitor", ...other, visitorId: "visitor-9" };
    expect(await refusalCode(readFile(services, stranger, "conversation-1", fileId))).toBe("not_found");
    expect(await refusalCode(readFile(services, { ...agent, chatbotId: "acme" }, "conversation-1", fileId))).toBe(
      "not_found",
    );
    expect(await refusalCode(readFile(services, visitor, "conversation-2", fileId))).toBe("not_found");
  });

  it("ends with the conversation's erasure", async () => {
    const { sent, read, visitor, agent, stores, ref, clock } = await aScene();
    const fileId = await sent(visitor, "visitor");
    await stores.conversations.erase(ref, { by: "visitor", at: clock.now }, []);
    expect(await refusalCode(read(agent, fileId))).toBe("erased");
  });
});

describe("attaching files to a message", () => {
  it("keeps each once, however often the message is repeated", async () => {
    const { upload, attach, uploaded, kept, visitor } = await aScene();
    const { fileId } = await upload(visitor);
    uploaded.add(fileId);
    const attachments = await attach("visitor", fileId, fileId);
    expect(attachments).toEqual([{ fileId, ...png }]);
    expect(await attach("visitor", fileId)).toEqual(attachments);
    expect(kept).toEqual([fileId]);
  });

  it("refuses what was not uploaded, the other side's, and what nobody announced", async () => {
    const { upload, attach, visitor, agent, uploaded } = await aScene();
    const waiting = (await upload(visitor)).fileId;
    const theirs = (await upload(agent)).fileId;
    uploaded.add(theirs);
    for (const fileId of [waiting, theirs, "file-unknown-1"]) {
      expect(await refusalCode(attach("visitor", fileId))).toBe("bad_request");
    }
  });
});
