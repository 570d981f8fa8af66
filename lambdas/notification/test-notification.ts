import type { MailSender } from "../adapters/mail.ts";
import type { PushOutcome, PushSender } from "../adapters/push.ts";
import type { SmsSender } from "../adapters/sms.ts";
import type { ZendeskLogin } from "../adapters/zendesk.ts";
import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { BodyOf, ReplyOf } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import { entitlementsOf, quotaMonth } from "../domain/plan.ts";
import type { AgentCaller } from "../runtime/caller.ts";
import type { AgentNotificationStore } from "../store/agent-notifications.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import { escalationMail } from "./mail/escalation-mail.ts";
import { uniqueAddresses } from "./notify-by-email.ts";
import { sendToDevices } from "./notify-by-push.ts";
import { teamLanguage } from "./recipient-language.ts";
import { senderIdOf, smsText } from "./sms-text.ts";
import { visibleLine } from "./visible-text.ts";

export interface TestOutside {
  readonly chatbots: Pick<ChatbotStore, "get" | "takeMail" | "returnMail">;
  readonly agentNotifications: Pick<AgentNotificationStore, "get" | "removeDevice" | "takeTest">;
  readonly mail: MailSender;
  readonly zendesk: ZendeskLogin;
  readonly sms: SmsSender;
  readonly push: PushSender;
  /** Opens a chatbot's sealed API token. */
  readonly openToken: (chatbotId: string, sealed: string) => Promise<string>;
  readonly publicOrigin: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Me = Pick<AgentCaller, "agentId" | "chatbotId">;
type Results = ReplyOf<"testNotification">["results"];
type Result = Results[number];

/** Tests of a chatbot in one minute: enough to find a typing error, too few to annoy anybody with. */
export const testsPerMinute = 5;

/**
 * Sends one test through what real notifications go through, with the saved settings, whether the channel is switched
 * on or not: to the notification addresses, or to the caller's own phone and browsers. Zendesk is asked who the token is
 * instead, because a ticket would have to be deleted again. What the other side answered is shown as it said it.
 *
 * @throws DomainError `not_found`, `too_many_requests`
 */
export async function testNotification(
  outside: TestOutside,
  me: Me,
  { channel }: BodyOf<"testNotification">,
): Promise<ReplyOf<"testNotification">> {
  const chatbot = await requireChatbot(outside.chatbots, me.chatbotId);
  const minute = Math.floor(outside.now() / 60_000);
  if (!(await outside.agentNotifications.takeTest(me.chatbotId, minute, testsPerMinute))) {
    throw new DomainError("too_many_requests", `At most ${testsPerMinute} tests a minute. Wait a moment.`);
  }
  const test = { email: testMail, zendesk: testZendesk, sms: testSms, push: testPush }[channel];
  const results = await test(outside, chatbot, me);
  return { ok: results.length > 0 && results.every(({ ok }) => ok), results };
}

const remark = "This is a test. Nobody is waiting.";
const reference = "TEST";

async function testMail(outside: TestOutside, chatbot: Chatbot): Promise<Results> {
  const addresses = uniqueAddresses(chatbot.settings.liveChat.email.addresses);
  if (addresses.length === 0) return [nobody("There is no notification address.")];
  return Promise.all(addresses.map((to) => mailTo(outside, chatbot, to)));
}

async function mailTo(
  { chatbots, mail, publicOrigin, now }: TestOutside,
  chatbot: Chatbot,
  to: string,
): Promise<Result> {
  const { chatbotId, settings, plan } = chatbot;
  const at = now();
  const month = quotaMonth(at);
  if (!(await chatbots.takeMail(chatbotId, month, entitlementsOf(plan).mailsPerMonth))) {
    return { recipient: to, ok: false, detail: "The mails of this month are used up." };
  }
  const language = teamLanguage(settings);
  const customer = language.say("someCustomer");
  const outcome = await mail.send({
    ...escalationMail({
      brand: settings.brand,
      language,
      customer,
      reference,
      now: { status: "unassigned" },
      history: { lines: [{ side: "customer", who: customer, at, text: remark }], cut: false },
      facts: [],
      portalUrl: `${publicOrigin}/chatbot/${chatbotId}/dashboard/live-chats`,
    }),
    to,
    thread: `test-${chatbotId}-${at}`,
    // Names no line of a ledger, so that what becomes of the mail is reported to nobody.
    notification: { chatbotId, conversationId: "test", notificationId: "test" },
  });
  if (outcome.kind === "refused" || outcome.kind === "unavailable") await chatbots.returnMail(chatbotId, month);
  return resultOf(to, outcome, "Accepted by SES. Look into the inbox, and into the spam folder.");
}

async function testZendesk(
  { zendesk, openToken }: TestOutside,
  { chatbotId, settings, sealed }: Chatbot,
): Promise<Results> {
  const { subdomain, user } = settings.liveChat.zendesk;
  const recipient = `${subdomain}.zendesk.com`;
  if (subdomain === "" || user === "") return [nobody("Subdomain and user are needed.")];
  if (sealed.zendeskToken === undefined) return [{ recipient, ok: false, detail: "There is no API token." }];
  const token = await openToken(chatbotId, sealed.zendeskToken);
  const outcome = await zendesk.check({ subdomain, user, token });
  switch (outcome.kind) {
    case "signed in":
      return [{ recipient, ok: true, detail: `Signed in as ${visibleLine(outcome.name, 80)}.` }];
    case "limited":
      return [
        { recipient, ok: false, detail: `Zendesk limits requests: ask again in ${outcome.retryAfterSeconds} s.` },
      ];
    default:
      return [{ recipient, ok: false, detail: outcome.detail }];
  }
}

async function testSms(
  { agentNotifications, sms, publicOrigin }: TestOutside,
  { chatbotId, settings }: Chatbot,
  { agentId }: Me,
): Promise<Results> {
  const { phone } = (await agentNotifications.get(chatbotId, agentId)).preferences;
  if (phone === "") return [nobody("You have entered no phone number.")];
  const senderId = senderIdOf(settings.brand.name);
  const outcome = await sms.send({
    to: phone,
    text: smsText({
      brandName: settings.brand.name,
      headline: reference,
      words: remark,
      url: `${publicOrigin}/chatbot/${chatbotId}/dashboard/live-chats`,
    }),
    ...(senderId === undefined ? {} : { senderId }),
  });
  return [resultOf(phone, outcome, "Accepted by SNS. It arrives within a minute.")];
}

async function testPush(outside: TestOutside, { chatbotId, settings }: Chatbot, { agentId }: Me): Promise<Results> {
  const { devices } = await outside.agentNotifications.get(chatbotId, agentId);
  if (devices.length === 0) return [nobody("You have allowed notifications in no browser.")];
  const outcomes = await sendToDevices(outside, {
    chatbotId,
    agentId,
    devices,
    payload: {
      title: visibleLine(settings.brand.name, 100),
      body: remark,
      url: `/chatbot/${chatbotId}/settings/my-notifications`,
      tag: `test-${chatbotId}`,
      silent: false,
    },
    topic: "test",
    keepSeconds: 60,
  });
  return devices.map(({ label }, index) => {
    const outcome: PushOutcome = outcomes[index] ?? { kind: "gone", detail: "not sent" };
    if (outcome.kind !== "gone") return resultOf(label, outcome, "Accepted by the push service.");
    return { recipient: label, ok: false, detail: `${outcome.detail}: this browser is forgotten. Allow it again.` };
  });
}

function nobody(detail: string): Result {
  return { recipient: "", ok: false, detail };
}

type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused" | "unavailable" | "unknown"; readonly detail: string; readonly said?: string };

/** Characters of the other side's own words. */
const longestDetail = 300;

function resultOf(recipient: string, outcome: Outcome, accepted: string): Result {
  if (outcome.kind === "sent") return { recipient, ok: true, detail: accepted };
  const said = withoutSecrets(outcome.said ?? "");
  return {
    recipient,
    ok: false,
    detail: visibleLine(said === "" ? outcome.detail : `${outcome.detail}: ${said}`, longestDetail),
  };
}

/** Errors of AWS name accounts, roles and request ids, which an owner has no use for. */
function withoutSecrets(said: string): string {
  return said.replace(/arn:[\w-]+:\S+/gu, "(a resource)").replace(/\b\d{12}\b/gu, "(an account)");
}
