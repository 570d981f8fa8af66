/** How well a text fits what was typed: higher is better; `undefined` when it does not fit. */
export function fitness(text: string, typed: string): number | undefined {
  const wanted = fold(typed).replace(/\s+/g, "");
  if (wanted === "") return 0;
  const title = fold(text);
  const compact = fold(typed).trim();
  if (title.startsWith(compact)) return 1_000 - title.length;
  const inside = title.indexOf(compact);
  if (inside > 0 && isWordStart(title, inside)) return 800 - title.length;
  if (inside > 0) return 600 - title.length;
  return scattered(title, wanted);
}

/** The items that fit, best first; those that fit equally well stay in their order. */
export function ranked<Item>(items: readonly Item[], textOf: (item: Item) => string, typed: string): readonly Item[] {
  return items
    .flatMap((item) => {
      const fit = fitness(textOf(item), typed);
      return fit === undefined ? [] : { item, fit };
    })
    .sort((one, other) => other.fit - one.fit)
    .map(({ item }) => item);
}

/** The letters in their order, with others between them: beginnings of words and neighbours count more. */
function scattered(title: string, wanted: string): number | undefined {
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    const next = title.indexOf(letter, at + 1);
    if (next === -1) return undefined;
    score += next === at + 1 ? 8 : isWordStart(title, next) ? 10 : -Math.min(5, next - at - 1);
    at = next;
  }
  // Letters that are strewn over the whole text fit anything.
  return score > 0 ? score : undefined;
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || /[\s/:–-]/.test(text[index - 1] ?? "");
}

/** Without case and accents: nobody types them into a palette. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
