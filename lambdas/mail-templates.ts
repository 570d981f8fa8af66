import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "esbuild";
import mjml2html from "mjml";

/**
 * Turns an `.mjml` file into the HTML that mail programs understand, with its `{{placeholders}}` left in. Runs when the
 * functions are bundled: MJML itself is 400 times larger than what it makes (ADR 0015).
 *
 * @throws Error naming the element that MJML does not know or understand.
 */
export async function compileMailTemplate(path: string): Promise<string> {
  const source = readFileSync(path, "utf8").replace(/<mj-include path="(.+?)" type="css" \/>/gu, (_, file: string) =>
    darkStyle(readFileSync(join(dirname(path), file), "utf8")),
  );
  const { html, errors } = await mjml2html(source, { keepComments: true, fonts: {}, ignoreIncludes: true });
  // A placeholder is no colour and no direction yet; what it stands for is checked where it is filled in.
  const mistakes = errors.filter(({ message }) => !message.includes("{{"));
  if (mistakes.length > 0) {
    throw new Error(`${basename(path)}: ${mistakes.map(({ formattedMessage }) => formattedMessage).join("\n")}`);
  }
  // Mail programs cut a mail off at about 100 kB, so that indentation would cost lines of the conversation.
  return html.replace(/\s*\n\s*/gu, "\n").trim();
}

/**
 * The rules of a sheet for programs that tell their colour scheme, and the same for Outlook on the web and on phones,
 * which don't but mark what they have inverted ("data-ogsc"). All are important: what they change are inline styles.
 */
function darkStyle(sheet: string): string {
  const rules = [...sheet.matchAll(/([^{}]+)\{([^}]+)\}/gu)].map(([, selectors = "", declarations = ""]) => ({
    selectors: selectors.split(",").map((selector) => selector.trim()),
    declarations: declarations.trim().replace(/;?\s*(\n|$)/gu, " !important;$1"),
  }));
  const written = (prefix: string) =>
    rules
      .map(({ selectors, declarations }) => `${selectors.map((each) => prefix + each).join(", ")} {${declarations}}`)
      .join("\n");
  return `<mj-style>@media (prefers-color-scheme: dark) {\n${written("")}\n}\n${written("[data-ogsc] ")}</mj-style>`;
}

/** Lets esbuild import `.mjml` files as the text that they compile to. */
export const mailTemplates: Plugin = {
  name: "mail-templates",
  setup({ onLoad }) {
    onLoad({ filter: /\.mjml$/ }, async ({ path }) => ({
      contents: await compileMailTemplate(path),
      loader: "text",
      watchFiles: [path],
    }));
  },
};
