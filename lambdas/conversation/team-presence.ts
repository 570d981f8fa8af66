import type { ConversationServices } from "./services.ts";

/** Until when the team counts as available, milliseconds since the epoch; 0 when no dashboard is open. One Query. */
export async function teamPresentUntil(
  { team, now }: Pick<ConversationServices, "team" | "now">,
  chatbotId: string,
): Promise<number> {
  const sockets = await team.present(chatbotId, now());
  return Math.max(0, ...sockets.map((each) => each.until * 1000));
}
