import type { IncomingMessage, ServerResponse } from "node:http";
import type { ComponentChildren } from "preact";
import { h } from "preact";
import { BodyTooLarge, readBody } from "../cloud/edge/exchange.ts";
import { foreignRequest } from "../cloud/edge/loopback.ts";
import type { Edge } from "../cloud/edge/start-edge.ts";
import type { CloudContext, Part } from "../cloud/service.ts";
import type { PushService } from "../stubs/push.ts";
import type { ZendeskStub } from "../stubs/zendesk.ts";
import { consoleScript, consoleStyle } from "./console-style.ts";
import { HomePage } from "./home-page.tsx";
import { answerJson } from "./json-api.ts";
import { consolePage } from "./layout.tsx";
import { CounterPage, LogPage, QueuePage } from "./log-pages.tsx";
import { Inbox, MailPage, mailTabs } from "./mail-pages.tsx";
import { SmsPage } from "./sms-page.tsx";
import { TicketList, TicketPage } from "./ticket-pages.tsx";

/** What the console shows and controls. */
export interface ConsoleParts {
  readonly context: CloudContext;
  readonly edge: Pick<Edge, "webSocket" | "cognito" | "ses" | "sns">;
  readonly zendesk: Pick<ZendeskStub, "tickets">;
  readonly push: Pick<PushService, "pushes">;
}

/** What the application that runs here adds. */
export interface ConsoleApp {
  readonly title: string;
  readonly links: ReadonlyArray<{ readonly href: string; readonly label: string; readonly description?: string }>;
  readonly logins: ReadonlyArray<{ readonly email: string; readonly description: string }>;
  /** Pages of the application's own, such as a page that carries its widget. */
  readonly pages?: ReadonlyArray<{ readonly path: string; readonly html: string | (() => string) }>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Content security policy; none for the application's own pages. */
  readonly policy?: string;
}

const bodyBytes = 1024 * 1024;
const ownPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";
/** A mail may show pictures and open its links in a new tab; it runs nothing and sends nothing. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:; frame-ancestors 'self'";

/** Opens the console at `addresses.console`. Start it last: it says "ready". */
export function startConsole(parts: ConsoleParts, app: ConsoleApp): Part {
  const { context } = parts;
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", context.addresses.console);
    if (url.pathname.startsWith("/cognito/")) return;
    answer(request, url).then(
      (reply) => send(response, request, reply),
      (error: unknown) => {
        context.log.write("console", error instanceof Error ? (error.stack ?? error.message) : String(error));
        send(response, request, json(500, { error: "The console failed; see the log." }));
      },
    );
  };
  context.servers.console.on("request", onRequest);

  async function answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const foreign = foreignRequest(request);
    if (foreign) return json(403, { error: foreign });
    if (url.pathname.startsWith("/api/")) return api(request, url);
    if (request.method !== "GET" && request.method !== "HEAD")
      return json(405, { error: "Only GET, outside of /api." });
    if (url.pathname === "/console.css") return { status: 200, type: "text/css", body: consoleStyle };
    if (url.pathname === "/console.js") return { status: 200, type: "text/javascript", body: consoleScript };
    const own = app.pages?.find((page) => page.path === url.pathname);
    if (own) return { status: 200, type: "text/html", body: typeof own.html === "string" ? own.html : own.html() };
    return page(url);
  }

  async function api(request: IncomingMessage, url: URL): Promise<Answer> {
    // A form of another site can't send this type without asking first, and nobody answers such a question.
    if (request.method === "POST" && !/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
      return json(415, { error: "Send JSON with content-type: application/json." });
    }
    let input: unknown;
    try {
      const body = (await readBody(request, bodyBytes)).toString("utf8");
      input = body === "" ? undefined : JSON.parse(body);
    } catch (error) {
      return error instanceof BodyTooLarge
        ? json(413, { error: error.message })
        : json(400, { error: "The body is not JSON." });
    }
    const call = { method: request.method ?? "GET", path: url.pathname.slice("/api".length), query: url.searchParams };
    const { status, body } = await answerJson(parts, { ...call, input });
    return json(status, body);
  }

  async function page(url: URL): Promise<Answer> {
    const [, section = "", id, part] = url.pathname.split("/");
    const { mailbox } = parts.edge.ses;
    const { tickets } = parts.zendesk;
    switch (section) {
      case "":
        return html(
          "Local cloud",
          "/",
          h(HomePage, { context, app, connections: parts.edge.webSocket.listConnections() }),
        );
      case "mail": {
        if (!id) return html("Mail", "/mail", h(Inbox, { mails: await mailbox.readAll() }));
        const mail = await mailbox.read(id);
        if (!mail) return notFound();
        if (part === "html") return { ...document(mail.html ?? ""), policy: mailPolicy };
        const tab = mailTabs.find((one) => one === url.searchParams.get("tab")) ?? (mail.html ? "html" : "text");
        return html(mail.subject || "(no subject)", "/mail", h(MailPage, { mail, tab }));
      }
      case "sms":
        return html("SMS", "/sms", h(SmsPage, { messages: parts.edge.sns.messages.list() }));
      case "tickets": {
        if (!id) return html("Tickets", "/tickets", h(TicketList, { tickets }));
        const ticket = tickets.get(Number(id));
        return ticket ? html(ticket.subject, "/tickets", h(TicketPage, { ticket, tickets })) : notFound();
      }
      case "counters":
        return html("Counters", "/counters", h(CounterPage, { context }));
      case "logs":
        return html("Logs", "/logs", h(LogPage, { context, source: url.searchParams.get("source") ?? undefined }));
      case "queues":
        return html("Queues", "/queues", h(QueuePage, { context }));
      default:
        return notFound();
    }
  }

  function html(title: string, path: string, content: ComponentChildren, status = 200): Answer {
    const body = consolePage({ product: app.title, title, path }, content);
    return { status, type: "text/html", body, policy: ownPolicy };
  }

  function notFound(): Answer {
    return html("Not found", "", h("p", null, "There is nothing here."), 404);
  }

  return {
    async close() {
      context.servers.console.off("request", onRequest);
    },
  };
}

/** Links of a mail open beside the console. */
function document(mailHtml: string): Answer {
  return { status: 200, type: "text/html", body: `<base target="_blank">${mailHtml}` };
}

function json(status: number, body: unknown): Answer {
  return { status, type: "application/json", body: JSON.stringify(body), policy: ownPolicy };
}

function send(response: ServerResponse, request: IncomingMessage, { status, type, body, policy }: Answer): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    ...(policy && { "content-security-policy": policy }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
