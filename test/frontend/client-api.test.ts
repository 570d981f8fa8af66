import { describe, expect, it } from "vitest";
import { type ApiError, createApi, retryDelaysMs } from "../../frontend/shared/api.ts";
import { allRoutes } from "../../frontend/shared/api-routes.ts";

function anApi(...replies: (Response | Error)[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const waits: number[] = [];
  const api = createApi(
    allRoutes,
    async (url, init) => {
      requests.push({ url: String(url), init: init ?? {} });
      const reply = replies.shift();
      if (reply === undefined) throw new Error("no more replies");
      if (reply instanceof Error) throw reply;
      return reply;
    },
    async (ms) => void waits.push(ms),
  );
  return { api, requests, waits };
}

const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
const failure = async (call: Promise<unknown>): Promise<ApiError> => {
  try {
    await call;
  } catch (error) {
    return error as ApiError;
  }
  throw new Error("the call succeeded");
};

describe("createApi", () => {
  it("fills the path, escapes it, leaves absent query values out and sends the token", async () => {
    const { api, requests } = anApi(json({ now: 1, rows: [] }));
    await api.call("listConversations", {
      path: { chatbotId: "a/b" },
      query: { filter: "ended", cursor: undefined },
      token: "secret",
    });
    expect(requests[0]?.url).toBe("/api/chatbots/a%2Fb/conversations?filter=ended");
    expect(requests[0]?.init.headers).toMatchObject({ authorization: "Bearer secret" });
  });

  it("turns a refusal into an error with the API's code, message and fields", async () => {
    const fields = [{ path: "email", message: "an e-mail address" }];
    const { api } = anApi(json({ error: { code: "bad_request", message: "Please check.", fields } }, 400));
    const error = await failure(api.call("saveLead", { path: { conversationId: "c" }, body: {} }));
    expect(error).toMatchObject({ code: "bad_request", message: "Please check.", fields, status: 400 });
  });

  it("understands refusals of what stands in front of the API", async () => {
    const { api } = anApi(json({ message: "Unauthorized" }, 401));
    expect(await failure(api.call("listMemberships", {}))).toMatchObject({ code: "unauthorized", status: 401 });
  });

  it("repeats what may be repeated, with growing pauses, and gives up after the last", async () => {
    const { api, requests, waits } = anApi(new Error("down"), json({}, 503), json({ memberships: [] }));
    expect(await api.call("listMemberships", {})).toEqual({ memberships: [] });
    expect(requests).toHaveLength(3);
    expect(waits).toEqual(retryDelaysMs);
    const down = anApi(new Error("down"), new Error("down"), new Error("down"));
    expect(await failure(down.api.call("listMemberships", {}))).toMatchObject({ code: "network", status: 0 });
  });

  it("never repeats a POST on its own", async () => {
    const { api, requests } = anApi(json({}, 503));
    await failure(api.call("startConversation", { body: { chatbotId: "demo" } }));
    expect(requests).toHaveLength(1);
  });

  it("does not repeat what was refused for a reason", async () => {
    const { api, requests } = anApi(json({ error: { code: "not_found", message: "No." } }, 404));
    await failure(api.call("readWidget", { path: { chatbotId: "none" } }));
    expect(requests).toHaveLength(1);
  });
});
