import type { Fact } from "../customer-facts.ts";
import type { History } from "../history.ts";
import { type MailBrand, MailLayout, Paragraph, PortalButton, renderMail, SectionTitle } from "./layout.tsx";
import type { MailContent } from "./mail-content.ts";
import { FactTable, factsText, Transcript, transcriptText } from "./transcript.tsx";

export interface Escalation {
  readonly brand: MailBrand;
  readonly customer: string;
  readonly reference: string;
  readonly history: History;
  readonly facts: readonly Fact[];
  readonly portalUrl: string;
}

/** To the team: somebody asks for a person (product.md A8). History, metadata and the link to the agent portal. */
export function escalationMail({ brand, customer, reference, history, facts, portalUrl }: Escalation): MailContent {
  const title = `${customer} would like to talk to a person`;
  const lead =
    "The chat is waiting and nobody has answered yet. You can reply right from the link, without logging in.";
  const footer = `You get this because your address is set for live chat notifications of ${brand.name}. The link is yours: whoever has it can answer this conversation.`;
  return {
    subject: `[${reference}] ${title}`,
    html: renderMail(
      <MailLayout brand={brand} preheader={lead} title={title} footer={footer}>
        <Paragraph>{lead}</Paragraph>
        <span
          class="chip"
          style={{
            display: "inline-block",
            padding: "4px 10px",
            borderRadius: "7px",
            fontSize: "13px",
            lineHeight: "18px",
            fontWeight: 600,
            backgroundColor: "#eef0f4",
            color: "#384055",
          }}
        >
          Reference {reference}
        </span>
        <PortalButton brand={brand} url={portalUrl} label="Answer the customer" />
        <SectionTitle>Conversation</SectionTitle>
        <Transcript history={history} />
        <SectionTitle>Customer</SectionTitle>
        <FactTable facts={facts} />
      </MailLayout>,
    ),
    text: [
      title,
      `Reference ${reference}`,
      lead,
      `Answer the customer:\n${portalUrl}`,
      "CONVERSATION",
      transcriptText(history),
      "CUSTOMER",
      factsText(facts),
      `--\n${footer}`,
    ].join("\n\n"),
  };
}
