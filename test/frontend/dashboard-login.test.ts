import { describe, expect, it, vi } from "vitest";
import { createAgentApi } from "../../frontend/dashboard/agent-api.ts";
import { safeReturnPath } from "../../frontend/dashboard/login.ts";
import { createApi } from "../../frontend/shared/api.ts";
import { allRoutes } from "../../frontend/shared/api-routes.ts";

/** An API that takes one token only. */
function apiThatTakes(good: string) {
  const seen: (string | null)[] = [];
  const api = createApi(allRoutes, async (_, init) => {
    const token = new Headers(init?.headers).get("authorization");
    seen.push(token);
    return token === `Bearer ${good}`
      ? Response.json({ memberships: [] })
      : Response.json({ error: { code: "unauthorized", message: "no" } }, { status: 401 });
  });
  return { api, seen };
}

describe("calling the API as an agent", () => {
  it("carries the token", async () => {
    const { api, seen } = apiThatTakes("good");
    const agentApi = createAgentApi(api, { token: async () => "good", renew: async () => undefined }, () => undefined);
    await expect(agentApi.call("listMemberships", {})).resolves.toEqual({ memberships: [] });
    expect(seen).toEqual(["Bearer good"]);
  });

  it("renews a refused token once and repeats the call without anyone noticing", async () => {
    const { api, seen } = apiThatTakes("new");
    const loggedOut = vi.fn();
    const agentApi = createAgentApi(api, { token: async () => "old", renew: async () => "new" }, loggedOut);
    await expect(agentApi.call("listMemberships", {})).resolves.toEqual({ memberships: [] });
    expect(seen).toEqual(["Bearer old", "Bearer new"]);
    expect(loggedOut).not.toHaveBeenCalled();
  });

  it.each([undefined, "also refused"])("says that the session has ended when renewing gives %s", async (renewed) => {
    const { api } = apiThatTakes("other");
    const loggedOut = vi.fn();
    const agentApi = createAgentApi(api, { token: async () => "old", renew: async () => renewed }, loggedOut);
    await expect(agentApi.call("listMemberships", {})).rejects.toMatchObject({ code: "unauthorized" });
    expect(loggedOut).toHaveBeenCalledOnce();
  });

  it("asks the API nothing while nobody is logged in", async () => {
    const { api, seen } = apiThatTakes("good");
    const loggedOut = vi.fn();
    const agentApi = createAgentApi(api, { token: async () => undefined, renew: async () => "good" }, loggedOut);
    await expect(agentApi.call("listMemberships", {})).rejects.toMatchObject({ code: "unauthorized" });
    expect(seen).toEqual([]);
    expect(loggedOut).toHaveBeenCalledOnce();
  });
});

describe("the page shown after a login", () => {
  it("is the one that was asked for", () => {
    expect(safeReturnPath("/chatbot/demo/settings/live-chat?x=1")).toBe("/chatbot/demo/settings/live-chat?x=1");
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/login/callback",
    undefined,
    7,
  ])("is the start instead of %s", (state) => {
    expect(safeReturnPath(state)).toBe("/");
  });
});
