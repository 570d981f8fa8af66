import type { ReplyOf } from "../contracts/http.ts";
import type { Caller } from "../runtime/caller.ts";
import type { Ids } from "../runtime/ids.ts";
import { lifetimes, type Tokens } from "../runtime/tokens.ts";

/** A ticket for one WebSocket. It stands in the URL, so it lives for a minute and is used once. */
export async function issueTicket(
  { tokens, ids }: { readonly tokens: Pick<Tokens, "issueTicket">; readonly ids: Pick<Ids, "newId"> },
  caller: Caller,
): Promise<ReplyOf<"issueVisitorTicket">> {
  return { ticket: await tokens.issueTicket(caller, ids.newId()), expiresInSeconds: lifetimes.ticket };
}
