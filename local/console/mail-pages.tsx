import type { ReadableMail } from "../cloud/edge/mailbox.ts";
import { Moment } from "./layout.tsx";

export const mailTabs = ["html", "text", "raw", "headers"] as const;
export type MailTab = (typeof mailTabs)[number];

/** Every mail, newest first. */
export function Inbox({ mails }: { readonly mails: readonly ReadableMail[] }) {
  if (mails.length === 0) return <p class="card soft">No mail yet.</p>;
  return (
    <section class="card">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">To</th>
              <th scope="col">Subject</th>
            </tr>
          </thead>
          <tbody>
            {[...mails].reverse().map((mail) => (
              <tr key={mail.id}>
                <td>
                  <Moment at={mail.at} />
                </td>
                <td>{mail.to.join(", ")}</td>
                <td>
                  <a href={`/mail/${mail.id}`}>{mail.subject || "(no subject)"}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <button type="button" data-send="/api/mail" data-method="DELETE">
          Delete all
        </button>
      </p>
    </section>
  );
}

/** One mail. Its HTML is a document of its own in a frame that runs no scripts. */
export function MailPage({ mail, tab }: { readonly mail: ReadableMail; readonly tab: MailTab }) {
  return (
    <article class="card">
      <p class="soft">
        <Moment at={mail.at} /> · from {mail.from} to {mail.to.join(", ")}
      </p>
      {mail.attachments.length > 0 && (
        <p>
          {mail.attachments.map((one) => (
            <span key={one.filename} class="tag">
              {one.filename} ({one.mimeType}, {one.bytes} bytes)
            </span>
          ))}
        </p>
      )}
      <nav class="tabs" aria-label="Parts of the mail">
        {mailTabs.map((one) => (
          <a key={one} href={`/mail/${mail.id}?tab=${one}`} aria-current={one === tab ? "page" : undefined}>
            {one}
          </a>
        ))}
      </nav>
      <MailBody mail={mail} tab={tab} />
    </article>
  );
}

function MailBody({ mail, tab }: { readonly mail: ReadableMail; readonly tab: MailTab }) {
  switch (tab) {
    case "html":
      if (mail.html === undefined) return <p class="soft">This mail has no HTML part.</p>;
      return (
        <iframe
          title="The mail as HTML"
          src={`/mail/${mail.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      );
    case "text":
      return <pre>{mail.text ?? "This mail has no text part."}</pre>;
    case "raw":
      return <pre>{mail.raw}</pre>;
    case "headers":
      return (
        <table>
          <tbody>
            {mail.headers.map((header, index) => (
              <tr key={`${index}-${header.name}`}>
                <th scope="row">{header.name}</th>
                <td>{header.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}
