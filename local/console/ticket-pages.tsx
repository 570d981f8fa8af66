import type { Ticket, TicketStore } from "../stubs/zendesk-tickets.ts";
import { Moment } from "./layout.tsx";

/** Every ticket of every account, newest first. */
export function TicketList({ tickets }: { readonly tickets: TicketStore }) {
  const all = [...tickets.list()].reverse();
  if (all.length === 0) return <p class="card soft">No tickets yet.</p>;
  return (
    <section class="card">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Ticket</th>
              <th scope="col">Subject</th>
              <th scope="col">Requester</th>
              <th scope="col">Status</th>
              <th scope="col">Created</th>
            </tr>
          </thead>
          <tbody>
            {all.map((ticket) => (
              <tr key={ticket.id}>
                <td>
                  {ticket.subdomain} #{ticket.id}
                </td>
                <td>
                  <a href={`/tickets/${ticket.id}`}>{ticket.subject}</a>
                </td>
                <td>{requesterOf(ticket, tickets)}</td>
                <td>
                  <span class="tag">{ticket.status}</span>
                </td>
                <td>
                  <Moment at={Date.parse(ticket.created_at)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <button type="button" data-send="/api/tickets" data-method="DELETE">
          Delete all
        </button>
      </p>
    </section>
  );
}

export function TicketPage({ ticket, tickets }: { readonly ticket: Ticket; readonly tickets: TicketStore }) {
  return (
    <>
      <p class="soft">
        {ticket.subdomain}.zendesk.com · <span class="tag">{ticket.status}</span> · requester{" "}
        {requesterOf(ticket, tickets)}
        {ticket.external_id && ` · external id ${ticket.external_id}`}
      </p>
      <p>
        {ticket.tags.map((tag) => (
          <span key={tag} class="tag">
            {tag}
          </span>
        ))}
      </p>
      {ticket.comments.map((comment) => (
        <article key={comment.id} class="card">
          <p class="soft">
            {tickets.user(comment.author_id)?.name ?? "unknown"} · <Moment at={Date.parse(comment.created_at)} />
            {!comment.public && (
              <>
                {" "}
                · <span class="tag">internal note</span>
              </>
            )}
          </p>
          <pre>{comment.body}</pre>
        </article>
      ))}
    </>
  );
}

function requesterOf(ticket: Ticket, tickets: TicketStore): string {
  const user = tickets.user(ticket.requester_id);
  return user ? `${user.name}${user.email ? ` <${user.email}>` : ""}` : "unknown";
}
