import type { SmsMessage } from "../cloud/edge/sms-log.ts";
import { Moment } from "./layout.tsx";

/** Every SMS with its text, newest first. */
export function SmsPage({ messages }: { readonly messages: readonly SmsMessage[] }) {
  if (messages.length === 0) return <p class="card soft">No SMS yet.</p>;
  return (
    <section class="card">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Text</th>
            </tr>
          </thead>
          <tbody>
            {[...messages].reverse().map((message) => (
              <tr key={message.id}>
                <td>
                  <Moment at={message.at} />
                </td>
                <td>{message.senderId ?? <span class="soft">a number</span>}</td>
                <td>{message.to}</td>
                <td>
                  {message.text}{" "}
                  <span class="tag">
                    {message.type}, {message.parts} {message.parts === 1 ? "part" : "parts"}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <button type="button" data-send="/api/sms" data-method="DELETE">
          Delete all
        </button>
      </p>
    </section>
  );
}
