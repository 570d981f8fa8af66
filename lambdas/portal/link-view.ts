import type { LinkView } from "../contracts/http.ts";
import type { PortalLink } from "../store/conversations.ts";

/** A link as an agent sees it. Its URL is not among it: that is shown once, when it is made. */
export function linkView({ conversationId: _, chatbotId: __, ...view }: PortalLink): LinkView {
  return view;
}
