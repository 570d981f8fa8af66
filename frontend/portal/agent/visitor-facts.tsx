import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ReplyOf } from "../../../lambdas/contracts/http.ts";
import { countryName, flagOf } from "../../shared/country.ts";
import { fill } from "../../shared/i18n.ts";
import { Icon } from "../../shared/icons.tsx";
import { fullTime } from "../../shared/time.ts";
import { deviceOf } from "../../shared/user-agent.ts";
import type { PortalLanguage } from "../languages.ts";
import "./visitor-facts.css";

export type Visitor = NonNullable<ReplyOf<"openPortal">["visitor"]>;

/** Who the visitor is and where they come from, for the agent. Everything in it was said by a stranger: it is text. */
export function VisitorFacts({
  visitor,
  language,
}: {
  readonly visitor: Visitor;
  readonly language: PortalLanguage;
}): JSX.Element {
  const { texts } = language;
  const { facts, lead, verified } = visitor;
  const now = useMinutes();
  const contact = [
    [texts.leadName, lead.name],
    [texts.leadEmail, lead.email],
    [texts.leadPhone, lead.phone],
    [texts.notes, lead.notes],
  ] as const;
  const rest = [
    [texts.country, countryText(facts.country, language.locale)],
    [texts.localTime, localTime(facts.timeZone, language.locale, now)],
    [texts.language, languageName(facts.locale, language.locale)],
    [texts.page, facts.page],
    [texts.cameFrom, facts.referrer],
    [texts.ipAddress, facts.ip],
    [texts.browser, browserName(facts.userAgent)],
  ] as const;
  return (
    <div class="visitor-facts">
      <section>
        <h2>{texts.contact}</h2>
        {verified !== undefined && (
          <p class="visitor-verified" title={fullTime(language.locale, verified.at)}>
            <Icon name="check" size={15} />
            <bdi>{fill(texts.verified, { subject: verified.subject })}</bdi>
          </p>
        )}
        {contact.some(([, value]) => hasText(value)) ? <Facts pairs={contact} /> : <p>{texts.noContact}</p>}
      </section>
      <section>
        <h2>{texts.details}</h2>
        <Facts pairs={rest} />
      </section>
    </div>
  );
}

function Facts({ pairs }: { readonly pairs: readonly (readonly [string, string | undefined])[] }): JSX.Element {
  return (
    <dl>
      {pairs
        .filter(([, value]) => hasText(value))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}

function hasText(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

/** `Intl` throws on codes that a stranger made up; those are shown as they came. */
function orAsIs(value: string | undefined, format: (value: string) => string | undefined): string | undefined {
  if (!hasText(value)) return undefined;
  try {
    return format(value) ?? value;
  } catch {
    return value;
  }
}

function countryText(code: string | undefined, locale: string): string | undefined {
  return code === undefined ? undefined : [flagOf(code), countryName(code, locale)].filter(hasText).join(" ");
}

function languageName(code: string | undefined, locale: string): string | undefined {
  return orAsIs(code, (value) => new Intl.DisplayNames(locale, { type: "language" }).of(value));
}

/** Browser and system, or the user agent as it came where it is of an unknown kind. */
function browserName(userAgent: string | undefined): string | undefined {
  if (userAgent === undefined) return undefined;
  const { browser, system } = deviceOf(userAgent);
  return browser === undefined ? userAgent : [browser, system].filter(hasText).join(" · ");
}

function localTime(timeZone: string | undefined, locale: string, now: number): string | undefined {
  return orAsIs(timeZone, (value) =>
    new Intl.DateTimeFormat(locale, {
      weekday: "short",
      hour: "numeric",
      minute: "2-digit",
      timeZone: value,
    }).format(now),
  );
}

/** Now, to the minute. */
function useMinutes(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 60_000 - (now % 60_000));
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
