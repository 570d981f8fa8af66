import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { ChatFunction } from "./chat-function.ts";
import type { Parts } from "./parts.ts";
import type { Stage } from "./stage.ts";

export interface NotificationsProps extends Parts {
  readonly stage: Pick<Stage, "unseenGraceSeconds">;
}

/** Every 3 minutes for 5 hours, the longest that a regional mail outage is worth waiting for unattended. */
const mailTries = 100;

/** From the outbox to people: e-mail and Zendesk on an escalation, e-mail for messages that nobody has seen. */
export class Notifications extends Construct {
  constructor(scope: Construct, id: string, props: NotificationsProps) {
    const { defaults, table, keys, bus, mail, site, sockets, routes, stage } = props;
    super(scope, id);
    const publish = new ChatFunction(this, "publish-events", {
      defaults,
      hurts: "Escalations reach nobody: no mail, no ticket, no answer of the AI.",
    });
    bus.publishOutbox(
      table,
      publish,
      "Events have not left: some escalations, questions or unseen messages reach nobody.",
    );

    const notifier = (name: string, hurts: string, timeout: Duration) => {
      const fn = new ChatFunction(this, name, { defaults, hurts, timeout });
      table.grantConversations(fn);
      keys.grantTokens(fn);
      site.grantLinking(fn);
      return fn;
    };
    const timeout = Duration.seconds(30);
    const email = notifier("notify-by-email", "Teams get no mail when a visitor asks for a human.", timeout);
    mail.grantSending(email);
    bus.deliver("conversation.escalated.v1", "EscalationMail", {
      consumer: email,
      timeout,
      tries: mailTries,
      maxConcurrency: 5,
      hurts: "Teams were not mailed about visitors who asked for a human.",
    });

    const unseen = notifier("notify-unseen", "People who have left are not told about new messages.", timeout);
    mail.grantSending(unseen);
    bus.deliver("message.unseen.v1", "UnseenMail", {
      consumer: unseen,
      timeout,
      tries: mailTries,
      maxConcurrency: 5,
      delay: Duration.seconds(stage.unseenGraceSeconds),
      hurts: "People who had left were not told about new messages.",
    });

    const transcript = notifier(
      "mail-transcript",
      "Visitors do not get the conversation that they want by mail.",
      timeout,
    );
    mail.grantSending(transcript);
    bus.deliver("transcript.requested.v1", "TranscriptMail", {
      consumer: transcript,
      timeout,
      tries: mailTries,
      maxConcurrency: 2,
      hurts: "Visitors did not get the conversation that they wanted by mail.",
    });

    const outcome = new ChatFunction(this, "record-mail-outcome", {
      defaults,
      hurts: "Agents do not see that a mail bounced, and go on mailing an address that does not exist.",
    });
    table.grantConversations(outcome);
    sockets.grantPush(outcome);
    bus.deliverFromAws(mail.outcomes, "MailOutcome", {
      consumer: outcome,
      timeout: Duration.seconds(10),
      maxConcurrency: 5,
      hurts: "Agents were not told what became of mails.",
    });

    const wishes = routes.serveTogether(
      this,
      "keep-mail-wishes",
      "Customers cannot have their conversation mailed, nor stop our mails, and mark them as spam instead.",
    );
    table.grantUpdates(wishes);
    keys.grantTokens(wishes);

    // Zendesk asks to wait up to a minute when it is busy, and allows 100 updates a minute.
    const patience = Duration.seconds(90);
    const zendesk = notifier(
      "notify-zendesk",
      "Escalations get no Zendesk ticket, or one that lacks who asked.",
      patience,
    );
    bus.deliverAll([{ types: ["conversation.escalated.v1", "lead.saved.v1"] }], "EscalationTicket", {
      consumer: zendesk,
      timeout: patience,
      // Every 9 minutes for 30 hours: Zendesk may be down for a day, and afterwards there is one ticket.
      tries: 200,
      maxConcurrency: 2,
      hurts: "Escalations got no Zendesk ticket, or one that lacks who asked.",
    });
  }
}
