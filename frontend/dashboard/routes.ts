/** Where the dashboard can be. `query` belongs to the page: the inbox keeps its filter there. */
export type Route =
  | { readonly page: "home" }
  | {
      readonly page: "inbox";
      readonly chatbotId: string;
      readonly conversationId?: string;
      readonly query: URLSearchParams;
    }
  | { readonly page: "settings"; readonly chatbotId: string }
  | { readonly page: "loginCallback" }
  | { readonly page: "notFound" };

const inboxPath = /^\/chatbot\/([^/]+)\/dashboard\/live-chats(?:\/([^/]+))?\/?$/;
const settingsPath = /^\/chatbot\/([^/]+)\/settings\/live-chat\/?$/;
/** The short way in, as somebody would type it. */
const chatbotPath = /^\/chatbot\/([^/]+)(?:\/dashboard)?\/?$/;

/** Reads a path of the site; whatever is none of ours is `notFound`. */
export function routeOf(url: Pick<URL, "pathname" | "search">): Route {
  const { pathname } = url;
  if (pathname === "/" || pathname === "/dashboard/" || pathname === "/dashboard/index.html") return { page: "home" };
  if (pathname === "/login/callback") return { page: "loginCallback" };
  const settings = settingsPath.exec(pathname)?.[1];
  if (settings !== undefined) return { page: "settings", chatbotId: decode(settings) };
  const inbox = inboxPath.exec(pathname) ?? chatbotPath.exec(pathname);
  const [, chatbotId, conversationId] = inbox ?? [];
  if (chatbotId === undefined) return { page: "notFound" };
  return {
    page: "inbox",
    chatbotId: decode(chatbotId),
    ...(conversationId === undefined ? {} : { conversationId: decode(conversationId) }),
    query: new URLSearchParams(url.search),
  };
}

/** The path that `routeOf` reads back as the same place. */
export function inboxHref(chatbotId: string, conversationId?: string, query?: URLSearchParams): string {
  const selected = conversationId === undefined ? "" : `/${encodeURIComponent(conversationId)}`;
  const search = query === undefined || query.size === 0 ? "" : `?${query}`;
  return `/chatbot/${encodeURIComponent(chatbotId)}/dashboard/live-chats${selected}${search}`;
}

export function settingsHref(chatbotId: string): string {
  return `/chatbot/${encodeURIComponent(chatbotId)}/settings/live-chat`;
}

/** A stray `%` in a typed address is no reason to fail. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
