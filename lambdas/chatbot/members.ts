import type { UserDirectory } from "../adapters/user-directory.ts";
import type { BodyOf, Member } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { DomainError } from "../domain/errors.ts";
import type { MemberStore, Membership } from "../store/members.ts";

export interface MemberServices {
  readonly members: MemberStore;
}

/** Owners first, then by name. */
export async function listMembers({ members }: MemberServices, chatbotId: string): Promise<Member[]> {
  const all = await members.ofChatbot(chatbotId);
  const rank = ({ role, name }: Membership): string => `${role === "owner" ? 0 : 1} ${name.toLowerCase()}`;
  return all.toSorted((a, b) => rank(a).localeCompare(rank(b))).map(memberView);
}

/**
 * Makes somebody a member; a person who is new to the system gets an invitation by mail. A member's name and role are
 * changed instead.
 *
 * @throws DomainError `conflict` when the chatbot is full or would lose its last owner
 */
export async function inviteMember(
  { members, directory }: MemberServices & { readonly directory: UserDirectory },
  chatbotId: string,
  { email, name, role }: BodyOf<"inviteMember">,
): Promise<Member> {
  const all = await members.ofChatbot(chatbotId);
  const known = all.find((each) => each.email.toLowerCase() === email.toLowerCase());
  if (known === undefined && all.length >= limits.membersPerChatbot) {
    throw new DomainError("conflict", `A chatbot has at most ${limits.membersPerChatbot} members.`);
  }
  const agentId = known?.agentId ?? (await directory.findOrInvite(email, name));
  const membership: Membership = { agentId, chatbotId, role, email: email.toLowerCase(), name };
  refuseLosingLastOwner(await members.put(membership));
  return memberView(membership);
}

/** @throws DomainError `conflict` */
export function refuseLosingLastOwner(outcome: "done" | "last_owner"): void {
  if (outcome === "last_owner") {
    throw new DomainError("conflict", "This is the last owner. Make somebody else an owner first.");
  }
}

function memberView({ agentId, email, name, role }: Membership): Member {
  return { agentId, email, name, role };
}
