/**
 * What no general minifier may do, and we may, because the panel's few files are all there is: style sheets and
 * scripts name the same things, so all are given. All of it works on minified text.
 */
export interface Bundled {
  /** By file name; all tokens are declared in one of them. */
  readonly styles: ReadonlyMap<string, string>;
  readonly scripts: ReadonlyMap<string, string>;
}

/** Leaves out what nothing uses, and gives what is only named inside the panel short names. */
export function shrink({ styles, scripts }: Bundled): Bundled {
  const code = [...scripts.values()].join("\n");
  // As one text, so that a token that only a later style sheet uses stays; the mark between them has no rule.
  const all = [...styles.values()].join(mark);
  const parts = withConstants(withoutUnusedTokens(withoutUnusedRules(all, code))).split(mark);
  const names = shortNames(parts.join(""));
  const rename = (text: string) => text.replace(/(?<![\w-])(--)?[a-z][\w-]*/g, (name) => names.get(name) ?? name);
  return {
    styles: new Map([...styles.keys()].map((file, index) => [file, rename(parts[index] ?? "")])),
    scripts: new Map([...scripts].map(([file, text]) => [file, rename(text)])),
  };
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

/** For tokens, but the one that scripts set, and for classes and ids with a hyphen: no word of a program looks like them. */
function shortNames(css: string): ReadonlyMap<string, string> {
  const tokens = [...css.matchAll(/--[a-z][\w-]*/g)].map(([name]) => name).filter((name) => name !== "--brand");
  const names = [...css.matchAll(/[.#](?!is-|by-|button-)([a-z]+-[\w-]+)/g)].map(([, name = ""]) => name);
  const short = new Map<string, string>();
  for (const name of new Set(tokens)) short.set(name, `--${short.size.toString(36)}`);
  for (const name of new Set(names)) short.set(name, `_${short.size.toString(36)}`);
  return short;
}
