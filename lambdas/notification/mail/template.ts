/**
 * Fills compiled mail templates. There is no way to put in markup: every value is escaped, and a line break becomes
 * `<br>`. `{{name}}` is a value; `{{#name}} … {{/name}}` is repeated for each item of a list, and stands once or not at
 * all for `true` and `false`. A name that is missing is an error: template and code have to agree.
 */
export type TemplateValue = string | boolean | readonly TemplateValues[];
export interface TemplateValues {
  readonly [name: string]: TemplateValue;
}

type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "section"; readonly name: string; readonly parts: Part[] };

/** @throws Error when a section is not closed, or closed twice. */
export function parseTemplate(source: string): (values: TemplateValues) => string {
  const root: Part[] = [];
  const open: { name: string; parts: Part[] }[] = [{ name: "", parts: root }];
  let end = 0;
  for (const { 0: tag, 1: mark = "", 2: name = "", index } of source.matchAll(/\{\{([#/]?)(\w+)\}\}/gu)) {
    const current = open.at(-1);
    if (current === undefined) break;
    current.parts.push({ kind: "text", text: source.slice(end, index) });
    end = index + tag.length;
    if (mark === "") current.parts.push({ kind: "value", name });
    else if (mark === "#") {
      const parts: Part[] = [];
      current.parts.push({ kind: "section", name, parts });
      open.push({ name, parts });
    } else if (current.name === name) open.pop();
    else throw new Error(`The mail template closes ${name} inside ${current.name || "nothing"}.`);
  }
  if (open.length > 1) throw new Error(`The mail template does not close ${open.at(-1)?.name}.`);
  root.push({ kind: "text", text: source.slice(end) });
  return (values) => render(root, [values]);
}

function render(parts: readonly Part[], scopes: readonly TemplateValues[]): string {
  return parts
    .map((part) => {
      if (part.kind === "text") return part.text;
      const value = lookUp(part.name, scopes);
      if (part.kind === "section") {
        if (typeof value === "string") throw new Error(`The mail template repeats ${part.name}, which is a text.`);
        if (typeof value === "boolean") return value ? render(part.parts, scopes) : "";
        return value.map((item) => render(part.parts, [item, ...scopes])).join("");
      }
      if (typeof value !== "string") throw new Error(`The mail template shows ${part.name}, which is no text.`);
      return escaped(value);
    })
    .join("");
}

function lookUp(name: string, scopes: readonly TemplateValues[]): TemplateValue {
  const value = scopes.find((scope) => Object.hasOwn(scope, name))?.[name];
  if (value === undefined) throw new Error(`The mail template asks for ${name}, which is not there.`);
  return value;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\n": "<br />",
};

function escaped(text: string): string {
  return text.replace(/[&<>"'\n]/gu, (character) => entities[character] ?? "");
}
