import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { decodeJwt } from "jose";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import type { Plan } from "../../lambdas/domain/plan.ts";
import { keyRingOf } from "../../lambdas/runtime/keys.ts";
import { createTokens } from "../../lambdas/runtime/tokens.ts";
import { createDynamoStores } from "../../lambdas/store/dynamodb/stores.ts";
import type { KnowledgeEntry } from "../../lambdas/store/knowledge.ts";
import type { Stores } from "../../lambdas/store/stores.ts";
import type { CloudContext } from "../cloud/service.ts";
import { acmeKnowledge } from "./knowledge/acme.ts";
import { demoKnowledge } from "./knowledge/demo.ts";

interface Login {
  readonly email: string;
  readonly name: string;
  readonly chatbotId: string;
  readonly role: "agent" | "owner";
  readonly description: string;
}

/** Who can sign in. The local login asks for no password. */
export const logins: readonly Login[] = [
  { email: "agent@demo.test", name: "Mia", chatbotId: "demo", role: "agent", description: "Mia, agent of “demo”" },
  {
    email: "owner@demo.test",
    name: "Olivia",
    chatbotId: "demo",
    role: "owner",
    description: "Olivia, owner of “demo”",
  },
  { email: "agent@acme.test", name: "Adam", chatbotId: "acme", role: "agent", description: "Adam, agent of “acme”" },
  { email: "owner@acme.test", name: "Oscar", chatbotId: "acme", role: "owner", description: "Oscar, owner of “acme”" },
];

/** The colours of the chatbots, which the pages around their widgets share. */
export const brandColors = { demo: "#0f766e", acme: "#7c3aed" } as const;

interface DemoChatbot {
  readonly chatbotId: string;
  readonly plan: Plan;
  readonly settings: ChatbotSettings;
  readonly knowledge: readonly KnowledgeEntry[];
}

const chatbots: readonly DemoChatbot[] = [
  {
    chatbotId: "demo",
    plan: { name: "professional", liveChatAddOn: false },
    settings: ChatbotSettings.parse({
      brand: {
        name: "Fernweh Outdoor",
        color: brandColors.demo,
        greeting: "Hi! Ask me anything about orders, shipping, returns or sizes.",
        suggestedQuestions: ["Where is my order?", "How do I return something?", "Which size fits me?"],
      },
      liveChat: {
        enabled: true,
        email: { enabled: true, addresses: ["team@demo.test"] },
        zendesk: { enabled: true, subdomain: "fernweh", user: "support@demo.test" },
      },
    }),
    knowledge: demoKnowledge,
  },
  {
    chatbotId: "acme",
    plan: { name: "entry", liveChatAddOn: false },
    settings: ChatbotSettings.parse({
      brand: { name: "Acme Dental", color: brandColors.acme, greeting: "Hello from Acme Dental." },
    }),
    knowledge: acmeKnowledge,
  },
];

/** The product's own stores over the running table, allowed everything. */
export function demoStores(context: CloudContext): Stores {
  const client = new DynamoDBClient({
    endpoint: context.addresses.aws,
    region: context.region,
    credentials: context.operator,
  });
  const [table] = ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"].flatMap((type) =>
    context.template.ofType(type),
  );
  if (table === undefined) throw new Error("The template has no table.");
  return createDynamoStores({ client, tableName: String(context.template.resolve({ Ref: table.logicalId })) });
}

/** Writes what is missing; what somebody has changed since stays. */
export async function seedDemo(
  context: CloudContext,
  cognito: { issueAccessToken(email: string): Promise<{ accessToken: string }> },
): Promise<void> {
  const tokens = createTokens({ keys: keyRingOf(keysSecret(context)), now: () => context.clock.now() });
  const stores = demoStores(context);
  for (const { chatbotId, plan, settings, knowledge } of chatbots) {
    if (await stores.chatbots.get(chatbotId)) continue;
    const sealed = settings.liveChat.zendesk.enabled
      ? { zendeskToken: await tokens.seal(`${chatbotId}/zendeskToken`, "local-zendesk-token") }
      : {};
    await stores.chatbots.put({ chatbotId, version: 1, plan, settings, sealed });
    await stores.chatbots.putKnowledge(chatbotId, knowledge);
  }
  for (const { email, name, chatbotId, role } of logins) {
    const { sub: agentId } = decodeJwt((await cognito.issueAccessToken(email)).accessToken);
    if (agentId === undefined) throw new Error(`The pool gave ${email} no id.`);
    if (!(await stores.members.get(agentId, chatbotId))) {
      await stores.members.put({ agentId, chatbotId, role, email, name });
    }
  }
}

/** The secret of the signing keys, told from others by its template. */
function keysSecret(context: CloudContext): { read(): Promise<string>; readAgain(): Promise<string> } {
  const secret = context.template
    .ofType("AWS::SecretsManager::Secret")
    .find(({ properties }) => String(properties.GenerateSecretString?.SecretStringTemplate).includes('"current"'));
  if (secret === undefined) throw new Error("The template has no secret with signing keys.");
  const read = async (): Promise<string> =>
    context.secrets.value(String(context.template.resolve({ Ref: secret.logicalId })));
  return { read, readAgain: read };
}
