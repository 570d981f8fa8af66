import { visibleLine } from "./visible-text.ts";

export interface SmsContent {
  readonly brandName: string;
  /** What has happened, such as `Ada asks for a person (7KQ4-M2TX)`. */
  readonly headline: string;
  /** The visitor's words; shortened, and the first to go. */
  readonly words: string;
  /** Where it is answered. Asks for the login, so that a phone in wrong hands opens nothing. */
  readonly url: string;
}

/**
 * A text is billed by the segment: two hold 306 characters of the GSM alphabet or 134 others ("Publishing to a mobile
 * phone", Amazon SNS; 3GPP TS 23.038).
 */
const mostGsm = 306;
const mostUnicode = 134;

/** Characters of the visitor that leave for the telephone network, which is not encrypted. */
const mostWords = 100;

/** Fewer than these say nothing, and go altogether. */
const fewestWords = 10;

/** A text of at most two segments. The address stays whole; the visitor's words are cut, then the headline. */
export function smsText({ brandName, headline, words, url }: SmsContent): string {
  const brand = plain(visibleLine(brandName, 30));
  const what = plain(visibleLine(headline, 90));
  const said = plain(visibleLine(words, mostWords));
  for (const text of candidates(brand, what, said, url)) {
    if (fitsTwoSegments(text)) return text;
  }
  return `${Array.from(brand).slice(0, 12).join("")} ${url}`;
}

function* candidates(brand: string, what: string, said: string, url: string): Generator<string> {
  const characters = Array.from(said);
  for (let length = characters.length; length >= fewestWords; length--) {
    const shown =
      length === characters.length
        ? said
        : `${characters
            .slice(0, length - 3)
            .join("")
            .trimEnd()}...`;
    yield `${brand}: ${what}: "${shown}" ${url}`;
  }
  if (characters.length > 0 && characters.length < fewestWords) yield `${brand}: ${what}: "${said}" ${url}`;
  yield `${brand}: ${what} ${url}`;
  yield `${Array.from(what).slice(0, 30).join("")} ${url}`;
}

/** Typographic signs that would make a text of 160 characters one of 70. */
const typewriter: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "…": "...",
  "–": "-",
  "—": "-",
  "\u00a0": " ",
};

/** Without emoji, in typewriter's signs, and without addresses: telephones make links of what a stranger wrote. */
function plain(text: string): string {
  return text
    .replace(/\S*(?::\/\/|www\.|\.\p{L}{2,}\/)\S*/giu, "(link)")
    .replace(/[“”„‘’…–—\u00a0]/gu, (sign) => typewriter[sign] ?? sign)
    .replace(/\p{Extended_Pictographic}(?:\u200d|\ufe0f|[\u{1f3fb}-\u{1f3ff}])*/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

const gsm = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Take the place of two. */
const gsmExtension = new Set("^{}\\[~]|€");

export function fitsTwoSegments(text: string): boolean {
  let septets = 0;
  for (const character of text) {
    if (gsm.has(character)) septets += 1;
    else if (gsmExtension.has(character)) septets += 2;
    else return text.length <= mostUnicode;
  }
  return septets <= mostGsm;
}

/** The brand's name as a sender id, or none: 11 letters and digits at most, with one letter ("Sender IDs", Amazon SNS). */
export function senderIdOf(brandName: string): string | undefined {
  return /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(brandName) ? brandName : undefined;
}
