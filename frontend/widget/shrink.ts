/**
 * What no general minifier may do with a style sheet, and we may, because the panel's few files are all there is. All of
 * it works on minified text.
 */
export interface Bundled {
  /** By file name; all tokens are declared in one of them. */
  readonly styles: ReadonlyMap<string, string>;
  /** Tell which classes are drawn. */
  readonly scripts: ReadonlyMap<string, string>;
}

/** Leaves out what nothing uses, and writes out what is always the same. */
export function shrink({ styles, scripts }: Bundled): ReadonlyMap<string, string> {
  const code = [...scripts.values()].join("\n");
  // As one text, so that a token that only a later style sheet uses stays; the mark between them has no rule.
  const all = [...styles.values()].join(mark);
  const parts = withConstants(withoutUnusedTokens(withoutUnusedRules(all, code))).split(mark);
  return new Map([...styles.keys()].map((file, index) => [file, parts[index] ?? ""]));
}

const mark = "@layer _;";

/** Shared style sheets have rules for classes that only other faces draw. */
export function withoutUnusedRules(css: string, code: string): string {
  return css.replace(/([^{}]+){([^{}]*)}/g, (_, selectors: string, body: string) => {
    const kept = selectors.split(",").filter((selector) => {
      const classes = [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = ""]) => name);
      // `is-open` and the like may be put together when the panel runs.
      return classes.every((name) => /^(is|by|button)-/.test(name) || code.includes(name));
    });
    return kept.length === 0 ? "" : `${kept.join(",")}{${body}}`;
  });
}

/** Tokens may name each other, so the last unused one shows only when those that used it are gone. */
export function withoutUnusedTokens(css: string): string {
  const unused = declarationsIn(css).find(({ name }) => !css.includes(`var(${name})`));
  return unused === undefined ? css : withoutUnusedTokens(css.replace(unused.text, ""));
}

/** Writes a token that always has the same value where it is used. Colours stay: they are longer than their names. */
export function withConstants(css: string): string {
  let shorter = css;
  for (const { name, value, text } of declarationsIn(css)) {
    const uses = css.split(`var(${name})`).length - 1;
    const isConstant = css.split(`${name}:`).length === 2 && name !== "--brand" && !value.includes("var(");
    if (isConstant && (uses === 1 || /^[\d.]+(rem|px|s|)\b[^,]*$/.test(value))) {
      shorter = shorter.replace(text, "").replaceAll(`var(${name})`, value);
    }
  }
  return shorter;
}

function declarationsIn(
  css: string,
): readonly { readonly name: string; readonly value: string; readonly text: string }[] {
  return [...css.matchAll(/(?<=[{;])(--[\w-]+):\s*([^;}]*);?/g)].map(([text, name = "", value = ""]) => ({
    name,
    value,
    text,
  }));
}
