import { DomainError } from "../domain/errors.ts";
import type { Caller } from "../runtime/caller.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { TicketStore } from "../store/members.ts";

/**
 * Lets a ticket open one socket and says who stands behind it.
 *
 * @throws DomainError `unauthorized` for a ticket that is bent, expired or was used
 */
export async function authorizeSocket(
  { tokens, tickets }: { readonly tokens: Pick<Tokens, "readTicket">; readonly tickets: TicketStore },
  token: string | undefined,
): Promise<Caller> {
  if (token === undefined) throw refused();
  const { ticketId, caller, expiresAt } = await tokens.readTicket(token);
  if (!(await tickets.useOnce(ticketId, expiresAt))) throw refused();
  return caller;
}

function refused(): DomainError {
  return new DomainError("unauthorized", "A socket needs a new ticket.");
}
