import { isDeepStrictEqual } from "node:util";
import type { DomainNames } from "../adapters/domain-names.ts";
import type { ReplyOf } from "../contracts/http.ts";
import { Brand } from "../contracts/settings.ts";
import { DomainError } from "../domain/errors.ts";

export interface DomainServices {
  readonly names: DomainNames;
  /** Where people meet the product; its host is what the chatbot's own name has to lead to. */
  readonly publicOrigin: string;
}

type DomainCheck = ReplyOf<"checkDomain">;

/**
 * The record that a chatbot's own host name needs, what the DNS says now, and whether this deployment answers under the
 * name. On a machine of one's own every name below `localhost` leads back to it without any record (RFC 6761).
 *
 * @throws DomainError `bad_request` for what is not a host name
 */
export async function checkDomain({ names, publicOrigin }: DomainServices, host: string): Promise<DomainCheck> {
  const parsed = Brand.shape.host.safeParse(host.toLowerCase());
  if (!parsed.success || parsed.data === "" || parsed.data === undefined) {
    const field = { path: "host", message: "a host name such as help.example.com" };
    throw new DomainError("bad_request", "This is not a host name.", [field]);
  }
  const name = parsed.data;
  const target = new URL(publicOrigin).hostname;
  const record = { type: "CNAME", name, value: target } as const;
  if (target === "localhost" && name.endsWith(".localhost")) {
    const detail = "Every name below localhost leads to this machine: no record is needed.";
    return { records: [{ ...record, found: [target], ok: true }], reachable: true, detail };
  }
  const [dns, page] = await Promise.all([lookUp(names, name), answersUnder(names, name, publicOrigin)]);
  const ok = dns.found.includes(target);
  return { records: [{ ...record, found: dns.found, ok }], ...verdict({ ok, dns, page, target }) };
}

interface Looked {
  readonly found: string[];
  readonly problem?: string;
}

async function lookUp(names: DomainNames, host: string): Promise<Looked> {
  try {
    const found = await names.aliasesOf(host);
    return { found: found.map((each) => each.toLowerCase().replace(/\.$/u, "")) };
  } catch (error) {
    return { found: [], problem: problemOf(codeOf(error)) };
  }
}

/** Codes of "DNS promises API", `error.code`. */
function problemOf(code: string): string {
  switch (code) {
    case "ENOTFOUND":
      return "The name does not exist in the DNS yet. A new record can take an hour to be seen everywhere.";
    case "ENODATA":
      return "The name exists, but has no CNAME record.";
    case "ETIMEOUT":
    case "ECONNREFUSED":
      return "The DNS did not answer in time. Try again in a minute.";
    default:
      return `The DNS could not answer (${code}). Try again in a minute.`;
  }
}

type Answered = "this deployment" | "something else" | { readonly problem: string };

async function answersUnder(names: DomainNames, host: string, publicOrigin: string): Promise<Answered> {
  const configOf = async (origin: string): Promise<unknown> =>
    JSON.parse(await names.readPage(`${origin}/config.json`));
  try {
    const [theirs, ours] = await Promise.all([configOf(`https://${host}`), configOf(publicOrigin)]);
    return isDeepStrictEqual(theirs, ours) ? "this deployment" : "something else";
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function verdict({
  ok,
  dns,
  page,
  target,
}: {
  ok: boolean;
  dns: Looked;
  page: Answered;
  target: string;
}): Pick<DomainCheck, "reachable" | "detail"> {
  // At the root of a zone an alias record does what a CNAME can't, and shows as addresses only.
  if (page === "this deployment") return { reachable: true };
  if (!ok)
    return { reachable: false, detail: dns.problem ?? `The record leads elsewhere; it has to lead to ${target}.` };
  if (page === "something else") return { reachable: false, detail: "Another site answers under this name." };
  return {
    reachable: false,
    detail: `The record is right, but the name is not served yet: whoever operates this deployment has to add it, with a certificate, to the CloudFront distribution. (${page.problem})`,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
