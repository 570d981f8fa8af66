import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { acknowledgeFindings } from "./acknowledged-findings.ts";
import { AgentAlerts } from "./agent-alerts.ts";
import { AgentPool, loginOrigins } from "./agent-pool.ts";
import { Analytics } from "./analytics.ts";
import { ChatbotSettings } from "./chatbot-settings.ts";
import { ConversationTable } from "./conversation-table.ts";
import { Desk } from "./desk.ts";
import { Erasure } from "./erasure.ts";
import { EventBus } from "./event-bus.ts";
import { FileHandover } from "./file-handover.ts";
import { Files } from "./files.ts";
import { HttpApi } from "./http-api.ts";
import { HttpRoutes } from "./http-routes.ts";
import { Inbox } from "./inbox.ts";
import { Keys } from "./keys.ts";
import { Knowledge } from "./knowledge.ts";
import { Mail } from "./mail.ts";
import { Notifications } from "./notifications.ts";
import type { Parts } from "./parts.ts";
import { Portal } from "./portal.ts";
import { Responder } from "./responder.ts";
import { Site } from "./site.ts";
import { SiteContent } from "./site-content.ts";
import { SocketApi } from "./socket-api.ts";
import { Sockets } from "./sockets.ts";
import type { Stage } from "./stage.ts";
import { VisitorConversations } from "./visitor-conversations.ts";

export interface LiveChatStackProps extends StackProps {
  /** What this deployment does differently from others. */
  readonly stage: Stage;
  /** Holds `<verb-noun>/index.mjs` for every function. */
  readonly bundleDirectory: string;
  /** Holds the built pages. */
  readonly siteDirectory: string;
}

/** Everything of one deployment. */
export class LiveChatStack extends Stack {
  constructor(scope: Construct, id: string, { stage, bundleDirectory, siteDirectory, ...props }: LiveChatStackProps) {
    super(scope, id, { description: "Live chat escalation for AI chatbots", ...props });
    const defaults = { bundleDirectory, stage };

    const table = new ConversationTable(this, "Conversations", { stage });
    const keys = new Keys(this, "Keys", { stage });
    const mail = new Mail(this, "Mail", { stage });
    const bus = new EventBus(this, "Events", { stage });

    const files = new Files(this, "Files", { stage });
    const http = new HttpApi(this, "Http", { stage });
    const sockets = new SocketApi(this, "SocketApi", { stage });
    const site = new Site(this, "Site", { files, http, sockets, keys, loginOrigins: loginOrigins(stage) });
    const agents = new AgentPool(this, "Agents", { stage, origin: site.origin });
    const routes = new HttpRoutes(this, "Routes", { http, agents, keys, defaults });

    const parts: Parts = { defaults, table, files, keys, routes, sockets, agents, bus, mail, site };
    new Sockets(this, "Socket", parts);
    new VisitorConversations(this, "Conversation", parts);
    new FileHandover(this, "Handover", parts);
    new Erasure(this, "Erasure", parts);
    new Inbox(this, "Inbox", parts);
    new Portal(this, "Portal", parts);
    new ChatbotSettings(this, "Chatbot", parts);
    new Desk(this, "Desk", parts);
    new Knowledge(this, "Knowledge", { ...parts, stage });
    new Notifications(this, "Notification", { ...parts, stage });
    new AgentAlerts(this, "Alert", { ...parts, stage });
    new Responder(this, "Responder", { ...parts, stage });
    new Analytics(this, "Analytics", parts);

    new SiteContent(this, "Content", { site, directory: siteDirectory, config: agents.config, stage });

    new CfnOutput(this, "Origin", { value: site.origin, description: "Dashboard, widget and portals" });
    new CfnOutput(this, "UserPoolId", { value: agents.pool.userPoolId, description: "Logins of agents and owners" });
    new CfnOutput(this, "TableName", { value: table.table.tableName, description: "Conversations and settings" });
    acknowledgeFindings(this, parts);
  }
}
