/**
 * How a text becomes terms to search by. Tuned for English; in other languages stemming does little and words are
 * matched as they are, by prefix or with a typing error.
 */

const stopWords = new Set(
  (
    "a about after all also am an and any are as at be been but by can could did do does for from had has have how i if in into is it its " +
    "just like may me might my of on or our please shall should so some such than that the their them then there these they this to " +
    "too up us want was we were what when where whether which while who why will with would you your " +
    "tell know need get got give let make hi hello hey thank thanks im id dont doesnt didnt cant wont isnt whats hasnt havent wasnt arent couldnt ive " +
    "possible possibly much many long never always something someone somebody anything anyone everything somewhere take took takes work works working " +
    "use using used wants wanted looking really very still again yet entered enter real physical policy policies here thing things way sure okay"
  ).split(" "),
);

/** Words that mean the same to a customer, as stems. The first one stands for all. */
const sameMeaning: readonly (readonly string[])[] = [
  ["ship", "deliver", "delivery", "shipment", "shipp", "dispatch", "courier", "postage"],
  ["cost", "price", "fee", "charge", "expens", "pric"],
  ["refund", "reimburs", "moneyback"],
  ["pay", "payment", "paid", "checkout"],
  ["buy", "purchas", "bought"],
  ["broken", "defect", "faulty", "damag", "damage", "broke", "tor", "torn", "rip", "ripp"],
  ["size", "siz", "fit", "fitt", "measur", "small", "big", "large", "tight"],
  ["discount", "coupon", "voucher", "promo", "promot", "code", "deal"],
  ["phone", "telephone", "call"],
  ["email", "mail"],
  ["account", "profile", "login"],
  ["delet", "erase", "eras", "remov", "terminat"],
  ["store", "shop", "showroom", "branch"],
  ["country", "international", "abroad", "oversea", "worldwide"],
  ["student", "university", "school"],
  ["wash", "clean", "laundry", "launder"],
  ["waterproof", "rainproof", "rain", "wet"],
  ["job", "career", "hiring", "hire", "vacancy"],
  ["unsubscrib", "unsubscribe", "newsletter"],
  ["track", "tracking"],
  ["late", "delay", "arriv", "lost", "receiv"],
  ["miss", "missing", "incomplet"],
  ["parcel", "packag", "package"],
  ["children", "kid", "child", "baby", "toddler"],
  ["time", "period", "day", "duration"],
  ["hour", "open", "opening"],
  ["repair", "fix", "mend"],
];
const leader = new Map(sameMeaning.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));

/** Turns of phrase that say in several words what the documents say in one. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/\bmoney[ -]back\b/giu, " refund "],
  [/\b(send|ship|give|bring|mail)\b[^.?!]{0,20}\bback\b/giu, " return "],
  [/\bhow (long|fast|soon|quick|quickly|many (days|weeks))\b/giu, " time "],
];

/** A question in the words of the documents. */
export function rephrased(question: string): string {
  return phrases.reduce((text, [pattern, word]) => text.replace(pattern, word), question);
}

/** A term, or null for a word that says nothing. */
export function termOf(word: string): string | null {
  const plain = word
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
  if (plain.length < 2 || stopWords.has(plain)) return null;
  const stem = stemOf(plain);
  return leader.get(plain) ?? leader.get(stem) ?? stem;
}

export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => word !== "");
}

/** The terms of a question, each once. */
export function termsOf(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => termOf(word) ?? []))];
}

/** Cuts the commonest English endings, so that `returned`, `returning` and `returns` meet. */
function stemOf(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  for (const ending of ["ing", "ed", "ly", "es"]) {
    if (word.length - ending.length >= 3 && word.endsWith(ending)) return word.slice(0, -ending.length);
  }
  if (word.length > 3 && word.endsWith("s") && !word.endsWith("ss")) return word.slice(0, -1);
  return word.length > 4 && word.endsWith("e") ? word.slice(0, -1) : word;
}
