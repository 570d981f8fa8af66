import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, test, vi } from "vitest";
import { env } from "../../lambdas/runtime/env.ts";
import { randomIds } from "../../lambdas/runtime/ids.ts";
import { log } from "../../lambdas/runtime/log.ts";
import { cachedSecret } from "../../lambdas/runtime/secrets.ts";
import { viewerOf, withoutControls } from "../../lambdas/runtime/viewer.ts";

describe("what the edge saw", () => {
  test.each([
    ["198.51.100.7:46532", "198.51.100.7"],
    ["2001:db8:85a3::8a2e:370:7334:46532", "2001:db8:85a3::8a2e:370:7334"],
    ["[2001:db8::1]:46532", "2001:db8::1"],
    ["nonsense", undefined],
    ["<script>:1", undefined],
  ])("viewer address %s is the address %s", (header, ip) => {
    expect(viewerOf({ "CloudFront-Viewer-Address": header }).ip).toBe(ip);
  });

  test("country and user agent are cut to what they may be", () => {
    const viewer = viewerOf({ "cloudfront-viewer-country": "Germany", "user-agent": `A\u0000${"x".repeat(500)}` });
    expect(viewer).toEqual({ userAgent: `A${"x".repeat(299)}` });
  });

  test("text loses control characters and direction overrides, and keeps every letter", () => {
    expect(withoutControls(" a\u0000\u001b[31m\u202Ebc\u2066 ä 😀 العربية ")).toBe("a[31mbc ä 😀 العربية");
  });
});

test("a missing variable names itself", () => {
  vi.stubEnv("TABLE_NAME", undefined);
  expect(() => env.tableName).toThrow("TABLE_NAME");
  vi.stubEnv("PUBLIC_ORIGIN", "https://chat.example.com/");
  expect(env.publicOrigin).toBe("https://chat.example.com");
  vi.unstubAllEnvs();
});

test("a log line has the place of an error but not its message", () => {
  const console_ = vi.spyOn(console, "error").mockImplementation(() => undefined);
  log.error("mail_failed", { conversationId: "conversation-1", error: new TypeError("cara@example.com bounced") });
  const [line] = console_.mock.calls[0] ?? [];
  expect(line).toMatchObject({ code: "mail_failed", conversationId: "conversation-1", error: "TypeError" });
  expect(JSON.stringify(line)).not.toContain("cara");
  console_.mockRestore();
});

test("ids and references are long, distinct and in their alphabet", () => {
  const ids = new Set(Array.from({ length: 1000 }, () => randomIds.newId()));
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{24}$/);
  for (let n = 0; n < 100; n += 1) expect(randomIds.newReference()).toMatch(/^[2-9AC-Z]{4}-[2-9AC-Z]{4}$/);
});

describe("a cached secret", () => {
  function aSecret() {
    const client = mockClient(SecretsManagerClient);
    const clock = { now: 0 };
    const secret = cachedSecret(new SecretsManagerClient({ region: "eu-west-1" }), "arn", () => clock.now);
    return { client, clock, secret };
  }

  test("is read once, and again at most once a minute", async () => {
    const { client, clock, secret } = aSecret();
    client.on(GetSecretValueCommand).resolvesOnce({ SecretString: "one" }).resolves({ SecretString: "two" });
    expect([await secret.read(), await secret.read(), await secret.readAgain()]).toEqual(["one", "one", "one"]);
    clock.now = 60_000;
    expect([await secret.readAgain(), await secret.readAgain()]).toEqual(["two", "two"]);
    expect(client.calls()).toHaveLength(2);
  });

  test("forgets a failed read", async () => {
    const { client, secret } = aSecret();
    client.on(GetSecretValueCommand).rejectsOnce(new Error("no network")).resolves({ SecretString: "one" });
    await expect(secret.read()).rejects.toThrow("no network");
    expect(await secret.read()).toBe("one");
  });
});
