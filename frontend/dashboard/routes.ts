import { isSectionId, type SectionId } from "./settings/settings-sections.ts";

/** Where the dashboard can be. `query` belongs to the page: the inbox keeps its filter there. */
export type Route =
  | { readonly page: "home" }
  | {
      readonly page: "inbox";
      readonly chatbotId: string;
      readonly conversationId?: string;
      readonly query: URLSearchParams;
    }
  | { readonly page: "settings"; readonly chatbotId: string; readonly section: SectionId }
  | { readonly page: "analytics"; readonly chatbotId: string; readonly query: URLSearchParams }
  | { readonly page: "loginCallback" }
  | { readonly page: "notFound" };

const inboxPath = /^\/chatbot\/([^/]+)\/dashboard\/live-chats(?:\/([^/]+))?\/?$/;
const settingsPath = /^\/chatbot\/([^/]+)\/settings(?:\/([a-z-]+))?\/?$/;
const analyticsPath = /^\/chatbot\/([^/]+)\/dashboard\/analytics\/?$/;
/** The short way in, as somebody would type it. */
const chatbotPath = /^\/chatbot\/([^/]+)(?:\/dashboard)?\/?$/;

/** Reads a path of the site; whatever is none of ours is `notFound`. */
export function routeOf(url: Pick<URL, "pathname" | "search">): Route {
  const { pathname } = url;
  if (pathname === "/" || pathname === "/dashboard/" || pathname === "/dashboard/index.html") return { page: "home" };
  if (pathname === "/login/callback") return { page: "loginCallback" };
  const [, ofChatbot, section = "live-chat"] = settingsPath.exec(pathname) ?? [];
  if (ofChatbot !== undefined && isSectionId(section)) {
    return { page: "settings", chatbotId: decode(ofChatbot), section };
  }
  const analytics = analyticsPath.exec(pathname)?.[1];
  if (analytics !== undefined) {
    return { page: "analytics", chatbotId: decode(analytics), query: new URLSearchParams(url.search) };
  }
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

export function analyticsHref(chatbotId: string, query?: URLSearchParams): string {
  const search = query === undefined || query.size === 0 ? "" : `?${query}`;
  return `/chatbot/${encodeURIComponent(chatbotId)}/dashboard/analytics${search}`;
}

export function settingsHref(chatbotId: string, section: SectionId = "live-chat"): string {
  return `/chatbot/${encodeURIComponent(chatbotId)}/settings/${section}`;
}

/** A stray `%` in a typed address is no reason to fail. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
