import type { OpenConnection } from "../cloud/edge/websocket-api.ts";
import { type CloudContext, faultKinds } from "../cloud/service.ts";
import type { ConsoleApp } from "./console.ts";
import { Moment } from "./layout.tsx";

interface HomeFacts {
  readonly context: CloudContext;
  readonly app: ConsoleApp;
  readonly connections: readonly OpenConnection[];
}

const leaps = [
  ["1 minute", 60_000],
  ["10 minutes", 600_000],
  ["1 hour", 3_600_000],
  ["1 day", 86_400_000],
] as const;

/** Everything at a glance: where to go, who to be, and what can be moved or broken. */
export function HomePage({ context, app, connections }: HomeFacts) {
  return (
    <div class="grid">
      <section class="card">
        <h2>Open</h2>
        <ul class="plain">
          {app.links.map((link) => (
            <li key={link.href}>
              <a href={link.href}>{link.label}</a>
              {link.description && <div class="soft">{link.description}</div>}
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>Logins</h2>
        <p class="note">No passwords: the login page lets you choose.</p>
        <ul class="plain">
          {app.logins.map((login) => (
            <li key={login.email}>
              <strong>{login.email}</strong>
              <div class="soft">{login.description}</div>
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>Clock</h2>
        <p>
          <Moment at={context.clock.now()} /> <span class="soft">UTC, local time of everything here</span>
        </p>
        <div class="row">
          {leaps.map(([label, ms]) => (
            <button key={ms} type="button" data-send="/api/clock" data-body={JSON.stringify({ advanceMs: ms })}>
              + {label}
            </button>
          ))}
        </div>
      </section>
      <section class="card">
        <h2>Connections</h2>
        {connections.length === 0 && <p class="soft">No open WebSocket.</p>}
        <ul class="plain">
          {connections.map((one) => (
            <li key={one.connectionId} class="row">
              <code>{one.connectionId}</code> <Moment at={one.connectedAt} />
              <button type="button" data-send="/api/cut" data-body={JSON.stringify({ connectionId: one.connectionId })}>
                Cut
              </button>
            </li>
          ))}
        </ul>
      </section>
      <Faults context={context} />
    </div>
  );
}

function Faults({ context }: { readonly context: CloudContext }) {
  const active = context.faults.list();
  return (
    <section class="card">
      <h2>Faults</h2>
      <form data-json="/api/faults" class="row">
        <select name="kind" aria-label="Kind of fault">
          {Object.entries(faultKinds).map(([kind, sentence]) => (
            <option key={kind} value={kind} title={sentence}>
              {kind}
            </option>
          ))}
        </select>
        <input name="times" type="number" min="1" value="1" aria-label="How many times" />
        <button type="submit">Switch on</button>
      </form>
      {active.length === 0 && <p class="soft">Nothing is broken.</p>}
      <ul class="plain">
        {active.map((fault) => (
          <li key={fault.id} class="row">
            <code>{fault.kind}</code> {fault.remaining} left
            <span class="soft">{JSON.stringify({ ...fault.match, ...fault.options })}</span>
            <button type="button" data-send={`/api/faults/${fault.id}`} data-method="DELETE">
              Remove
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
