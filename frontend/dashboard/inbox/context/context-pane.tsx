import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ConversationView, Lead, VisitorFacts } from "../../../../lambdas/contracts/http.ts";
import type { Entry } from "../../../../lambdas/contracts/protocol.ts";
import type { Api } from "../../../shared/api.ts";
import { fullTime } from "../../../shared/time.ts";
import { useModel } from "../../../shared/use-model.ts";
import { deviceOf } from "../../../shared/user-agent.ts";
import { Glyph } from "../../glyph.tsx";
import { Link } from "../../navigation.tsx";
import { useText } from "../../text.ts";
import { useChanges } from "../../use-changes.ts";
import { Card } from "./card.tsx";
import "./context-pane.css";
import { countryName, flagOf } from "../../../shared/country.ts";
import type { OpenConversation } from "../talk/open-conversation.ts";
import { useNow } from "../use-now.ts";
import { NotificationLedger } from "./notification-ledger.tsx";
import { PortalLinks } from "./portal-links.tsx";
import { safeLink } from "./safe-link.ts";

interface ContextPaneProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly conversation: OpenConversation;
  readonly hrefOf: (conversationId: string) => string;
  /** It covers the talk instead of standing beside it. */
  readonly drawer: boolean;
  readonly onClose: () => void;
}

/** Everything around the talk: who the visitor is, where they are, the links and what was sent. */
export function ContextPane({ api, chatbotId, conversation, hrefOf, drawer, onClose }: ContextPaneProps): JSX.Element {
  const { t } = useText();
  useChanges(conversation);
  useModel(conversation.model);
  const { details, opening } = conversation;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!drawer) return;
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [drawer]);
  return (
    <aside
      class="context"
      aria-label={t("details")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && drawer && !event.defaultPrevented) onClose();
      }}
    >
      <header class="context-header">
        <h2 class="context-title">{t("details")}</h2>
        <button type="button" ref={close} class="icon-button context-close" aria-label={t("back")} onClick={onClose}>
          <Glyph name="close" />
        </button>
      </header>
      {details === undefined ? (
        opening === "loading" && <ContextSkeleton />
      ) : (
        <>
          <LeadCard lead={details.visitor.lead} verified={details.visitor.verified} />
          <VisitorCard facts={details.visitor.facts} />
          <ConversationCard details={details} conversation={conversation} />
          <EarlierCard earlier={details.earlier} hrefOf={hrefOf} />
          <PortalLinks
            api={api}
            path={{ chatbotId, conversationId: conversation.conversationId }}
            links={details.links}
            onChanged={() => void conversation.refreshDetails()}
          />
          <NotificationLedger notifications={details.notifications} />
        </>
      )}
    </aside>
  );
}

/** A fact, or nothing where it is unknown. */
function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (children === undefined) return null;
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

interface LeadCardProps {
  readonly lead: Lead;
  readonly verified: ConversationView["visitor"]["verified"];
}

function LeadCard({ lead, verified }: LeadCardProps): JSX.Element {
  const { t, locale } = useText();
  const empty = Object.values(lead).every((value) => value === undefined || value === "");
  return (
    <Card title={t("contact")} name="contact">
      {verified !== undefined && (
        <p class="verified" title={t("verifiedHint", { date: fullTime(locale, verified.at) })}>
          <Glyph name="shield" size={15} />
          {t("verified", { subject: verified.subject })}
        </p>
      )}
      {empty ? (
        <p class="card-empty">{t("noContact")}</p>
      ) : (
        <dl class="fact-list">
          <Fact name={t("leadName")}>{lead.name}</Fact>
          <Fact name={t("leadEmail")}>
            {lead.email === undefined ? undefined : (
              <a href={`mailto:${encodeURIComponent(lead.email)}`}>{lead.email}</a>
            )}
          </Fact>
          <Fact name={t("leadPhone")}>
            {lead.phone === undefined ? undefined : (
              <a href={`tel:${lead.phone.replace(/[^+\d]/g, "")}`} dir="ltr">
                {lead.phone}
              </a>
            )}
          </Fact>
          <Fact name={t("leadNotes")}>{lead.notes}</Fact>
        </dl>
      )}
    </Card>
  );
}

function VisitorCard({ facts }: { readonly facts: VisitorFacts }) {
  const { t, locale } = useText();
  const now = useNow(20_000);
  const device = facts.userAgent === undefined ? {} : deviceOf(facts.userAgent);
  const { browser, system } = device;
  const deviceText =
    browser !== undefined && system !== undefined ? t("deviceOn", { browser, system }) : (browser ?? system);
  const languageName = facts.locale === undefined ? undefined : nameOfLanguage(facts.locale, locale);
  return (
    <Card title={t("visitor")} name="visitor">
      <dl class="fact-list">
        <Fact name={t("country")}>
          {facts.country === undefined ? undefined : (
            <>
              <span aria-hidden="true">{flagOf(facts.country)}</span> {countryName(facts.country, locale)}
            </>
          )}
        </Fact>
        <Fact name={t("ipAddress")}>{facts.ip === undefined ? undefined : <bdi class="code">{facts.ip}</bdi>}</Fact>
        <Fact name={t("localTime")}>
          {facts.timeZone === undefined ? undefined : timeIn(facts.timeZone, now, locale)}
        </Fact>
        <Fact name={t("language")}>{languageName}</Fact>
        <Fact name={t("device")}>
          {deviceText === undefined ? undefined : <span title={facts.userAgent}>{deviceText}</span>}
        </Fact>
        <Fact name={t("page")}>{addressOf(facts.page)}</Fact>
        <Fact name={t("referrer")}>{addressOf(facts.referrer)}</Fact>
      </dl>
    </Card>
  );
}

interface ConversationCardProps {
  readonly details: ConversationView;
  readonly conversation: OpenConversation;
}

function ConversationCard({ details, conversation }: ConversationCardProps) {
  const { t, locale } = useText();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const state = conversation.model.state ?? details.row;
  const escalatedAt = escalationIn(conversation.model.entries)?.at;
  return (
    <Card title={t("conversation")} name="conversation">
      <dl class="fact-list">
        <Fact name={t("reference")}>
          {state.reference === undefined ? undefined : <bdi class="code">{state.reference}</bdi>}
        </Fact>
        <Fact name={t("started")}>{format.format(state.startedAt)}</Fact>
        <Fact name={t("escalated")}>{escalatedAt === undefined ? undefined : format.format(escalatedAt)}</Fact>
        <Fact name={t("lastActivity")}>{format.format(state.lastAt)}</Fact>
      </dl>
    </Card>
  );
}

interface EarlierCardProps {
  readonly earlier: ConversationView["earlier"];
  readonly hrefOf: (conversationId: string) => string;
}

/** What the same visitor has talked about before. */
function EarlierCard({ earlier, hrefOf }: EarlierCardProps): JSX.Element | null {
  const { t, locale } = useText();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  if (earlier.length === 0) return null;
  return (
    <Card title={t("earlierConversations")} name="earlier">
      <ul class="earlier">
        {earlier.map(({ conversationId, startedAt }) => (
          <li key={conversationId}>
            <Link class="earlier-link" href={hrefOf(conversationId)}>
              <Glyph name="chat" size={15} />
              {format.format(startedAt)}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ContextSkeleton(): JSX.Element {
  return (
    <div aria-hidden="true">
      {["one", "two", "three"].map((each) => (
        <div class="card" key={each}>
          <span class="bone bone-line" />
          <span class="bone bone-field" />
        </div>
      ))}
    </div>
  );
}

function escalationIn(entries: readonly Entry[]): Entry | undefined {
  return entries.findLast((entry) => entry.kind === "status" && entry.command === "escalate");
}

/** A visitor's page, as a link that tells the other site nothing of the dashboard. */
function addressOf(address: string | undefined): ComponentChildren {
  const link = address === undefined ? undefined : safeLink(address);
  if (link === undefined) return undefined;
  return (
    <a
      class="fact-address"
      href={link.href}
      title={link.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      dir="ltr"
    >
      {link.label}
    </a>
  );
}

function timeIn(timeZone: string, now: number, locale: string): string | undefined {
  try {
    const time = new Intl.DateTimeFormat(locale, { weekday: "short", hour: "numeric", minute: "2-digit", timeZone });
    return time.format(now);
  } catch {
    // The visitor's browser said it; a zone that ours does not know is not worth an error.
    return undefined;
  }
}

function nameOfLanguage(language: string, locale: string): string | undefined {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(language);
  } catch {
    return undefined;
  }
}
