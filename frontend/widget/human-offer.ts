import type { ConversationState, Entry } from "../../lambdas/contracts/protocol.ts";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";

/**
 * The entry that the human button stands under (product.md A2), as its number: the AI's newest answer, from the n-th
 * answer on, or at once when the AI itself says that it can't help. Never twice, and never once a human was asked for.
 */
export function humanOfferedUnder(
  { enabled, button }: Pick<PublicChatbot["liveChat"], "enabled" | "button">,
  state: Pick<ConversationState, "status" | "botAnswers"> | undefined,
  entries: readonly Entry[],
): number | undefined {
  if (!enabled || state?.status !== "unrequested") return undefined;
  const answer = entries.findLast((entry) => entry.kind === "message" && entry.author.role === "bot");
  if (answer?.kind !== "message") return undefined;
  const triggered = button.enabled && state.botAnswers >= button.fromAnswer;
  return triggered || answer.offersHuman === true ? answer.seq : undefined;
}
