import { SESClient } from "@aws-sdk/client-ses";
import { createSesSender } from "../adapters/mail.ts";
import { countSent } from "../analytics/count-sent.ts";
import { env } from "../runtime/env.ts";
import { log } from "../runtime/log.ts";
import { networkLimits, stores, systemClock, tokens } from "../runtime/wiring.ts";
import type { EmailOutside } from "./notify-by-email.ts";
import type { CustomerMailOutside } from "./notify-unseen.ts";
import { createInvite, type Invite } from "./portal-invitation.ts";
import { createStopMails } from "./stop-mails.ts";

/** Links that the notifiers of this deployment send. */
export function portalInvitations(): Invite {
  return createInvite({ conversations: stores().conversations, tokens: tokens(), publicOrigin: env.publicOrigin });
}

/** What mails to the team run on. */
export function mailNotifiers(): EmailOutside {
  const { conversations, chatbots, statistics } = stores();
  return {
    conversations: countSent(conversations, { statistics, log }, "mails"),
    chatbots,
    mail: createSesSender({
      // One attempt: the SDK would repeat a request whose reply was lost, and SES would send the mail twice.
      client: new SESClient(networkLimits(8_000, 1)),
      fromAddress: env.mailFrom,
      configurationSet: env.mailConfigurationSet,
    }),
    invite: portalInvitations(),
    now: systemClock,
    log,
  };
}

/** What mails to customers run on. */
export function customerMailNotifiers(): CustomerMailOutside {
  return {
    ...mailNotifiers(),
    mailWishes: stores().mailWishes,
    stopMails: createStopMails({ tokens: tokens(), publicOrigin: env.publicOrigin }),
  };
}
