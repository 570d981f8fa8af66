import { describe, expect, test } from "vitest";
import { createDomainNames } from "../../lambdas/adapters/domain-names.ts";
import { checkDomain } from "../../lambdas/chatbot/check-domain.ts";
import { operations } from "../../lambdas/contracts/http.ts";
import { refusalCode } from "./chat-world.ts";

const publicOrigin = "https://d111.cloudfront.net";
const ours = JSON.stringify({ issuer: "https://login.example", clientId: "ours" });

interface World {
  readonly cname?: readonly string[] | { readonly code: string };
  readonly page?: string | Error;
  readonly origin?: string;
}

async function check(
  host: string,
  { cname = ["d111.cloudfront.net"], page = ours, origin = publicOrigin }: World = {},
) {
  const names = {
    async aliasesOf() {
      if ("code" in cname) throw Object.assign(new Error("queryCname failed"), cname);
      return cname;
    },
    async readPage(url: string) {
      if (url.startsWith(origin)) return ours;
      expect(url).toBe(`https://${host.toLowerCase()}/config.json`);
      if (page instanceof Error) throw page;
      return page;
    },
  };
  const reply = await checkDomain({ names, publicOrigin: origin }, host);
  expect(operations.checkDomain.reply.parse(reply)).toEqual(reply);
  return reply;
}

describe("a chatbot's own domain", () => {
  test("is right when its record leads here and this deployment answers", async () => {
    expect(await check("Help.Example.com", { cname: ["D111.cloudfront.net."] })).toEqual({
      records: [
        {
          type: "CNAME",
          name: "help.example.com",
          value: "d111.cloudfront.net",
          found: ["d111.cloudfront.net"],
          ok: true,
        },
      ],
      reachable: true,
    });
  });

  test("is right without a CNAME as well when this deployment answers: the root of a zone can have none", async () => {
    expect(await check("help.example.com", { cname: { code: "ENODATA" } })).toMatchObject({
      records: [{ ok: false, found: [] }],
      reachable: true,
    });
  });

  test.each([
    ["does not exist yet", { cname: { code: "ENOTFOUND" }, page: new Error("getaddrinfo") }, /does not exist/],
    ["has other records only", { cname: { code: "ENODATA" }, page: new Error("x") }, /no CNAME/],
    ["is asked for in vain", { cname: { code: "ETIMEOUT" }, page: new Error("x") }, /did not answer in time/],
    ["leads elsewhere", { cname: ["shop.example.net"], page: "<html>" }, /leads? elsewhere.*d111\.cloudfront\.net/],
    ["is not served yet", { page: new Error("unable to verify certificate") }, /CloudFront.*verify certificate/],
    ["is somebody else's", { page: JSON.stringify({ clientId: "theirs" }) }, /Another site/],
  ] as const)("that %s is explained", async (_, world, detail) => {
    const reply = await check("help.example.com", world);
    expect(reply.reachable).toBe(false);
    expect(reply.detail).toMatch(detail);
  });

  test("below localhost needs no record on a machine of one's own, and only there", async () => {
    const local = await check("help.localhost", { origin: "http://localhost:4000" });
    expect(local).toMatchObject({ records: [{ ok: true }], reachable: true });
    const deployed = await check("help.localhost", { cname: { code: "ENOTFOUND" }, page: new Error("refused") });
    expect(deployed.reachable).toBe(false);
  });

  test.each(["", "localhost", "127.0.0.1", "[::1]", "169.254.169.254", "a b.example.com", "example.com/path"])(
    "can't be %j",
    async (host) => {
      expect(await refusalCode(check(host))).toBe("bad_request");
    },
  );

  test("is fetched from public addresses only", async () => {
    // A public name whose address is this machine's own.
    await expect(createDomainNames().readPage("https://localhost/config.json")).rejects.toThrow("public internet");
    await expect(createDomainNames().readPage("https://127.0.0.1/config.json")).rejects.toThrow("public internet");
    await expect(createDomainNames().readPage("http://example.com/config.json")).rejects.toThrow("public internet");
  });
});
