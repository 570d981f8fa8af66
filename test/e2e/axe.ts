import axe, { type AxeResults } from "axe-core";
import type { Frame, Page } from "playwright-core";

/** Everything that WCAG 2.2 asks for at the levels A and AA, as far as a program can tell. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A violation in a line: the rule, what it says, and where. Empty is what a page should give. */
export async function violationsOn(page: Page | Frame): Promise<readonly string[]> {
  // As an expression and not as a script element: the pages' policies forbid those.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }).axe.run(
        document,
        {
          runOnly: { type: "tag", values },
          resultTypes: ["violations"],
          // A page looks at its own frames itself.
          iframes: false,
        },
      ),
    tags,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `${id}: ${help}: ${node.target.join(" ")} ${node.any.map(({ message }) => message).join("; ")}`,
    ),
  );
}

/** The frame of the widget's panel. */
export function panelOf(page: Page): Frame {
  const frame = page.frames().find((each) => new URL(each.url()).pathname.startsWith("/widget/"));
  if (frame === undefined) throw new Error("The panel has not been loaded.");
  return frame;
}
