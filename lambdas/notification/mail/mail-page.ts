import type { Brand } from "../../contracts/settings.ts";
import type { Fact } from "../customer-facts.ts";
import type { History, HistoryLine } from "../history.ts";
import { visibleLine, wrapped } from "../visible-text.ts";
import { buttonColors } from "./brand-color.ts";
import type { MailLanguage } from "./language.ts";
import compiled from "./mail.mjml";
import type { MailContent } from "./mail-content.ts";
import { factsText, linesText, textWidth } from "./plain-text.ts";
import { parseTemplate } from "./template.ts";

/** What every mail says about who sends it. */
export type MailBrand = Pick<Brand, "name" | "color" | "logoUrl">;

/** The one look of all mails; what a kind of mail has not is left out. */
export interface MailPage {
  readonly brand: MailBrand;
  readonly language: MailLanguage;
  readonly title: string;
  /** Shown by mail programs beside the subject, not in the mail: the newest message itself. */
  readonly preheader: string;
  readonly lead: string;
  readonly reference: string | undefined;
  readonly portalUrl: string;
  readonly button: string;
  readonly heading: string;
  readonly history: History;
  /** Said before the history. */
  readonly remark?: string;
  readonly facts?: readonly Fact[];
  readonly footer: string;
  /** Where the recipient can stop mails like this one. */
  readonly stopUrl?: string;
}

const template = parseTemplate(compiled);

/** Writes a mail as HTML and as plain text that says the same. */
export function mailOf(page: MailPage): MailContent {
  const { brand, language, title, reference } = page;
  return {
    fromName: language.say("sender", { brand: visibleLine(brand.name, 60) }),
    subject: reference === undefined ? title : `[${reference}] ${title}`,
    html: htmlOf(page),
    text: textOf(page),
  };
}

/** Backgrounds and borders of what was said, in light mode; `dark-colors.css` has the dark ones. */
const bubbles = {
  customer: { fill: "#eaf0fb", edge: "#eaf0fb" },
  team: { fill: "#e7f5ec", edge: "#e7f5ec" },
  bot: { fill: "#fafbfc", edge: "#e6e9f0" },
} as const;

function htmlOf(page: MailPage): string {
  const { brand, language, history, facts = [], stopUrl = "" } = page;
  const color = buttonColors(brand.color);
  const showsLogo = brand.logoUrl.startsWith("https://");
  const remarks = remarksOf(page);
  return template({
    lang: language.tag,
    dir: language.dir,
    start: language.dir === "rtl" ? "right" : "left",
    accent: color.fill,
    onAccent: color.text,
    accentEdge: color.edge,
    brand: brand.name,
    logo: showsLogo,
    logoUrl: brand.logoUrl,
    initials: !showsLogo,
    initial: Array.from(brand.name)[0]?.toUpperCase() ?? "",
    title: page.title,
    preheader: visibleLine(page.preheader, 140),
    lead: page.lead,
    referenced: page.reference !== undefined,
    reference: language.say("reference", { reference: page.reference ?? "" }),
    portalUrl: page.portalUrl,
    button: page.button,
    orOpenLink: language.say("orOpenLink"),
    heading: page.heading,
    remarks: remarks.map((remark) => ({ remark })),
    lines: history.lines.map((line) => lineValues(line, language)),
    factual: facts.length > 0,
    factsHeading: language.say("customerSection"),
    facts: facts.map(([label, value]) => ({ label, value })),
    footer: page.footer,
    stoppable: stopUrl !== "",
    stopUrl,
    stop: language.say("stopMails"),
  });
}

function lineValues({ side, who, at, text }: HistoryLine, language: MailLanguage) {
  const when = language.moment(at);
  if (side === "note") return { note: true, said: false, text, when };
  return { note: false, said: true, side, who, when, text, ...bubbles[side] };
}

function remarksOf({ language, history, remark }: MailPage): string[] {
  return [...(history.cut ? [language.say("earlierLeftOut")] : []), ...(remark === undefined ? [] : [remark])];
}

function textOf(page: MailPage): string {
  const { language, title, reference, lead, history, facts = [], stopUrl } = page;
  return [
    title,
    ...(reference === undefined ? [] : [language.say("reference", { reference })]),
    wrapped(lead, textWidth),
    `${page.button}:\n${page.portalUrl}`,
    page.heading.toUpperCase(),
    ...remarksOf(page).map((remark) => wrapped(remark, textWidth)),
    linesText(history, language),
    ...(facts.length === 0 ? [] : [language.say("customerSection").toUpperCase(), factsText(facts)]),
    `--\n${wrapped(page.footer, textWidth)}`,
    ...(stopUrl === undefined ? [] : [`${language.say("stopMails")}:\n${stopUrl}`]),
  ].join("\n\n");
}
