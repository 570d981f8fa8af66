import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import type { Api, Routes } from "../shared/api.ts";

export type Brand = PublicChatbot["brand"];

export const brandRoutes = { readWidget: "GET /api/chatbots/{chatbotId}/widget" } as const satisfies Partial<Routes>;

/**
 * Whose page a link leads to when it opens nothing any more. What its token names was not checked here: it is good enough
 * for the name and the colours, which are public, and for nothing else. Undefined where it can't be found out.
 */
export async function brandOfToken(api: Api<keyof typeof brandRoutes>, token: string): Promise<Brand | undefined> {
  const chatbotId = chatbotIn(token);
  if (chatbotId === undefined) return undefined;
  try {
    return (await api.call("readWidget", { path: { chatbotId } })).brand;
  } catch {
    return undefined;
  }
}

/** The chatbot that a token names; undefined for what is no token. */
export function chatbotIn(token: string): string | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const { chatbotId } = claims as { readonly chatbotId?: unknown };
    return typeof chatbotId === "string" && chatbotId !== "" ? chatbotId : undefined;
  } catch {
    return undefined;
  }
}
