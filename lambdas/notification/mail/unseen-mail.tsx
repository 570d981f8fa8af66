import type { History } from "../history.ts";
import { type MailBrand, MailLayout, Paragraph, PortalButton, renderMail, SectionTitle } from "./layout.tsx";
import type { MailContent } from "./mail-content.ts";
import { Transcript, transcriptText } from "./transcript.tsx";

export interface Unseen {
  readonly brand: MailBrand;
  readonly reference: string | undefined;
  /** What waits to be read, oldest first. */
  readonly history: History;
  readonly count: number;
  readonly portalUrl: string;
}

/**
 * To the customer: the team has answered (product.md A10). It holds the team's words only. The address was typed by a
 * visitor and nobody has proved it: nothing that a visitor wrote, not even a name, may be mailed to it (relay abuse).
 */
export function unseenByCustomerMail(unseen: Unseen): MailContent {
  return render(unseen, {
    title: `${unseen.brand.name} has answered you`,
    lead: `You have ${messages(unseen.count)} in your chat with ${unseen.brand.name}. You can read on and reply from the link below.`,
    button: "Continue the conversation",
    footer: `You get this because this address was left in a chat on the web site of ${unseen.brand.name}. If that was not you, ignore this mail. The link is yours: whoever has it can read this conversation.`,
  });
}

/** To the team: the customer has written on and no agent was there (product.md A11). */
export function unseenByTeamMail(unseen: Unseen & { readonly customer: string }): MailContent {
  return render(unseen, {
    title: `${unseen.customer} has written again`,
    lead: `There ${unseen.count === 1 ? "is" : "are"} ${messages(unseen.count)} in a chat that nobody is looking at. You can reply right from the link, without logging in.`,
    button: "Answer the customer",
    footer: `You get this because your address is set for live chat notifications of ${unseen.brand.name}. The link is yours: whoever has it can answer this conversation.`,
  });
}

interface Wording {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly footer: string;
}

function render(
  { brand, reference, history, portalUrl, count }: Unseen,
  { title, lead, button, footer }: Wording,
): MailContent {
  const heading = count === 1 ? "New message" : "New messages";
  return {
    subject: reference === undefined ? title : `[${reference}] ${title}`,
    html: renderMail(
      <MailLayout brand={brand} preheader={lead} title={title} footer={footer}>
        <Paragraph>{lead}</Paragraph>
        <PortalButton brand={brand} url={portalUrl} label={button} />
        <SectionTitle>{heading}</SectionTitle>
        <Transcript history={history} />
      </MailLayout>,
    ),
    text: [
      title,
      ...(reference === undefined ? [] : [`Reference ${reference}`]),
      lead,
      `${button}:\n${portalUrl}`,
      heading.toUpperCase(),
      transcriptText(history),
      `--\n${footer}`,
    ].join("\n\n"),
  };
}

const messages = (count: number): string => (count === 1 ? "one new message" : `${count} new messages`);
