import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";

const sections = [
  ["/", "Home"],
  ["/mail", "Mail"],
  ["/sms", "SMS"],
  ["/tickets", "Tickets"],
  ["/counters", "Counters"],
  ["/logs", "Logs"],
  ["/queues", "Queues"],
] as const;

/** One page of the console with its navigation. */
export function consolePage(
  frame: { readonly product: string; readonly title: string; readonly path: string },
  content: ComponentChildren,
): string {
  return `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${frame.title} · ${frame.product}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console.css" />
        <script src="/console.js" defer />
      </head>
      <body>
        <header class="top">
          <strong>{frame.product}</strong>
          {sections.map(([path, name]) => (
            <a key={path} href={path} aria-current={path === frame.path ? "page" : undefined}>
              {name}
            </a>
          ))}
        </header>
        <main>
          <h1>{frame.title}</h1>
          {content}
        </main>
      </body>
    </html>,
  )}`;
}

/** A moment of local time, to the second. */
export function Moment({ at }: { readonly at: number }) {
  const iso = new Date(at).toISOString();
  return <time dateTime={iso}>{iso.slice(0, 19).replace("T", " ")}</time>;
}
