import type { CloudContext } from "../cloud/service.ts";
import { Moment } from "./layout.tsx";

const shown = 300;

/** What was refused, and the newest lines that functions and parts wrote. */
export function LogPage({ context, source }: { readonly context: CloudContext; readonly source: string | undefined }) {
  const denials = [...context.iam.denials()].reverse().slice(0, shown);
  const entries = [...context.log.entries(source)].reverse().slice(0, shown);
  return (
    <>
      <section class="card">
        <h2>Refused by IAM</h2>
        {denials.length === 0 && <p class="soft">Nothing was refused.</p>}
        <ul class="plain">
          {denials.map((denial, index) => (
            <li key={index}>
              <Moment at={denial.at} /> <strong>{denial.caller}</strong> <code>{denial.action}</code> on{" "}
              <code>{denial.resource}</code>
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>Log{source ? ` of ${source}` : ""}</h2>
        <ul class="plain">
          {entries.map((entry, index) => (
            <li key={index}>
              <Moment at={entry.at} /> <a href={`/logs?source=${encodeURIComponent(entry.source)}`}>{entry.source}</a>
              <pre>{entry.text}</pre>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** Billed operations, one dotted name a row. */
export function CounterPage({ context }: { readonly context: CloudContext }) {
  const rows = [...flatten(context.counters.snapshot())];
  return (
    <section class="card">
      {rows.length === 0 && <p class="soft">Nothing was counted yet.</p>}
      <table>
        <tbody>
          {rows.map(([name, amount]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{String(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <button type="button" data-send="/api/counters" data-method="DELETE">
          Set to zero
        </button>
      </p>
    </section>
  );
}

function* flatten(value: Record<string, unknown>, prefix = ""): Generator<[string, unknown]> {
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === "object" && inner !== null)
      yield* flatten(inner as Record<string, unknown>, `${prefix}${name}.`);
    else yield [prefix + name, inner];
  }
}

export function QueuePage({ context }: { readonly context: CloudContext }) {
  return (
    <>
      {context.queues.list().map((queue) => (
        <section key={queue.name} class="card">
          <h2>
            {queue.name} <span class="tag">{queue.messages.length}</span>
          </h2>
          <ul class="plain">
            {queue.messages.map((message) => (
              <li key={message.messageId}>
                <Moment at={message.sentAt} /> <span class="soft">received {message.receiveCount} times</span>
                <pre>{message.body}</pre>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
