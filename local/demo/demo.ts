import { type Cloud, startCloud } from "../cloud/cloud.ts";
import { startEdge } from "../cloud/edge/start-edge.ts";
import type { CloudContext, LogEntry, Part } from "../cloud/service.ts";
import { startConsole } from "../console/console.ts";
import { startPushService } from "../stubs/push.ts";
import { startZendesk } from "../stubs/zendesk.ts";
import { brandColors, logins, seedDemo } from "./seed.ts";
import { shopPage } from "./shop.ts";

export interface DemoOptions {
  /** Directory of the synthesized cloud assembly. */
  readonly assembly: string;
  /** @default 0, any free port */
  readonly port?: number;
  readonly consolePort?: number;
  /** Where the data stays. @default nowhere: it ends with the process */
  readonly directory?: string;
  readonly onLog?: (entry: LogEntry) => void;
}

export interface Demo {
  readonly cloud: Cloud;
  /** The product, e.g. `http://localhost:4000`. */
  readonly frontDoor: string;
  /** The console, e.g. `http://localhost:4001`. */
  readonly console: string;
  close(): Promise<void>;
}

/** Runs the whole product on this machine, with two chatbots that share nothing. */
export async function startDemo({ assembly, port, consolePort, directory, onLog }: DemoOptions): Promise<Demo> {
  const users = logins.map(({ email, name }) => ({ email, name }));
  const parts = async (context: CloudContext): Promise<Part> => {
    const zendesk = await startZendesk(context);
    const push = await startPushService(context);
    // Functions send to the push services of real browsers alone.
    context.redirectEgress("*.push.services.mozilla.com", push.baseUrl);
    const edge = await startEdge(context, users);
    await seedDemo(context, edge.cognito);
    const { frontDoor } = context.addresses;
    const inbox = (chatbotId: string): string => `${frontDoor}/chatbot/${chatbotId}/dashboard/live-chats`;
    const settings = (chatbotId: string): string => `${frontDoor}/chatbot/${chatbotId}/settings/live-chat`;
    const shopOf = (chatbotId: keyof typeof brandColors) => ({
      widget: `${frontDoor}/widget.js`,
      chatbotId,
      color: brandColors[chatbotId],
    });
    const console = startConsole(
      { context, edge, zendesk, push },
      {
        title: "Live chat on this machine",
        links: [
          { href: "/shop", label: "Demo shop", description: "Somebody's web shop, with the widget of chatbot “demo”" },
          {
            href: inbox("demo"),
            label: "Dashboard of “demo”",
            description: "Professional plan: sign in as agent@demo.test",
          },
          { href: settings("demo"), label: "Settings of “demo”", description: "sign in as owner@demo.test" },
          {
            href: inbox("acme"),
            label: "Dashboard of “acme”",
            description: "Entry plan without the add-on: agent@acme.test",
          },
          {
            href: settings("acme"),
            label: "Settings of “acme”",
            description: "what a plan does not allow: owner@acme.test",
          },
          { href: "/shop/acme", label: "Demo shop with “acme”", description: "the same page without live chat" },
        ],
        logins: logins.map(({ email, description }) => ({ email, description })),
        pages: [
          { path: "/shop", html: shopPage(shopOf("demo")) },
          { path: "/shop/acme", html: shopPage(shopOf("acme")) },
          { path: "/shop/checkout", html: shopPage({ ...shopOf("demo"), page: "checkout" }) },
        ],
      },
    );
    return {
      async close() {
        await console.close();
        await edge.close();
        await push.close();
        await zendesk.close();
      },
    };
  };
  const cloud = await startCloud({
    assembly,
    port: port ?? 0,
    consolePort: consolePort ?? 0,
    ...(directory === undefined ? {} : { directory }),
    ...(onLog === undefined ? {} : { onLog }),
    parts: [parts],
  });
  return {
    cloud,
    frontDoor: cloud.addresses.frontDoor,
    console: cloud.addresses.console,
    close: () => cloud.close(),
  };
}
