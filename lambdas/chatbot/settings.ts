import type { ChatbotSettings, SettingsChange, SettingsView } from "../contracts/settings.ts";
import { DomainError, type FieldError } from "../domain/errors.ts";
import { type Entitlements, entitlementsOf, quotaMonth } from "../domain/plan.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { type Chatbot, type ChatbotStore, type SecretName, secretNames } from "../store/chatbots.ts";
import { requireChatbot } from "./public-chatbot.ts";

export interface SettingsServices {
  readonly chatbots: Pick<ChatbotStore, "get" | "update" | "mailsUsed">;
  readonly now: () => number;
}

/** @throws DomainError `not_found` */
export async function readSettings(services: SettingsServices, chatbotId: string): Promise<SettingsView> {
  return viewOf(services, await requireChatbot(services.chatbots, chatbotId));
}

/**
 * Writes what an owner changed. Secrets are sealed and never read back; an absent one stays, an empty one is removed.
 *
 * @throws DomainError `not_entitled` for what the plan lacks, `bad_request` for a channel without its secret,
 * `conflict` when somebody else has written since this version was read; then nothing is overwritten
 */
export async function writeSettings(
  services: SettingsServices & { readonly tokens: Pick<Tokens, "seal"> },
  chatbotId: string,
  { version, settings, secrets }: SettingsChange,
): Promise<SettingsView> {
  const chatbot = await requireChatbot(services.chatbots, chatbotId);
  refuseNotEntitled(settings, entitlementsOf(chatbot.plan));
  const sealed = await sealedSecrets(services.tokens, chatbot, secrets);
  refuseWithoutSecrets(settings, sealed);
  const updated =
    chatbot.version === version ? await services.chatbots.update(chatbotId, version, { settings, sealed }) : undefined;
  if (updated === undefined) {
    throw new DomainError(
      "conflict",
      "Somebody else has changed the settings. Load them again and repeat your change.",
    );
  }
  return viewOf(services, updated);
}

/** What a Zendesk token is sealed for; whoever opens it says the same. */
export function zendeskTokenContext(chatbotId: string): string {
  return sealingContext(chatbotId, "zendeskToken");
}

/** What a webhook's secret is sealed for. */
export function webhookSecretContext(chatbotId: string): string {
  return sealingContext(chatbotId, "webhookSecret");
}

/** What the secret of identity tokens is sealed for. */
export function identitySecretContext(chatbotId: string): string {
  return sealingContext(chatbotId, "identitySecret");
}

async function viewOf({ chatbots, now }: SettingsServices, chatbot: Chatbot): Promise<SettingsView> {
  const { chatbotId, version, settings, plan, sealed } = chatbot;
  return {
    chatbotId,
    version,
    settings,
    secretsSet: {
      zendeskToken: sealed.zendeskToken !== undefined,
      webhookSecret: sealed.webhookSecret !== undefined,
      identitySecret: sealed.identitySecret !== undefined,
    },
    plan,
    entitlements: entitlementsOf(plan),
    mailsUsed: await chatbots.mailsUsed(chatbotId, quotaMonth(now())),
  };
}

function refuseNotEntitled({ liveChat }: ChatbotSettings, entitlements: Entitlements): void {
  const fields: FieldError[] = [];
  if (liveChat.enabled && !entitlements.liveChat) {
    fields.push({ path: "settings.liveChat.enabled", message: "needs the Live Chat add-on or a larger plan" });
  }
  if (liveChat.email.enabled && entitlements.mailsPerMonth === 0) {
    fields.push({ path: "settings.liveChat.email.enabled", message: "the plan includes no notification mails" });
  }
  if (fields.length > 0) {
    throw new DomainError("not_entitled", "The plan of this chatbot does not include this.", fields);
  }
}

/** A channel that is on and can't sign in would fail at the first escalation, when nobody looks. */
function refuseWithoutSecrets({ liveChat, responder }: ChatbotSettings, sealed: Chatbot["sealed"]): void {
  const fields: FieldError[] = [];
  if (liveChat.zendesk.enabled && sealed.zendeskToken === undefined) {
    fields.push({ path: "secrets.zendeskToken", message: "Zendesk needs an API token" });
  }
  if (responder.kind === "webhook" && sealed.webhookSecret === undefined) {
    fields.push({ path: "secrets.webhookSecret", message: "the webhook needs a secret to sign with" });
  }
  if (fields.length > 0) throw new DomainError("bad_request", "A secret is missing.", fields);
}

async function sealedSecrets(
  tokens: Pick<Tokens, "seal">,
  { chatbotId, sealed }: Chatbot,
  given: SettingsChange["secrets"],
): Promise<Chatbot["sealed"]> {
  const entries = await Promise.all(
    secretNames.map(async (name) => {
      const value = given[name];
      if (value === undefined) return [name, sealed[name]] as const;
      return [name, value === "" ? undefined : await tokens.seal(sealingContext(chatbotId, name), value)] as const;
    }),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Ties what was sealed to its place: it can't be opened as another secret or for another chatbot. */
function sealingContext(chatbotId: string, name: SecretName): string {
  return `${chatbotId}/${name}`;
}
