import type { VNode } from "preact";
import type { Fact } from "../customer-facts.ts";
import type { History, HistoryLine } from "../history.ts";
import { isoMoment, readableMoment } from "../moment.ts";
import { wrapped } from "../visible-text.ts";
import { tableProps } from "./layout.tsx";

const cutNote = "Earlier messages are left out here. The whole conversation is behind the link.";

const bubble = {
  customer: { backgroundColor: "#eaf0fb", border: "1px solid transparent", color: "#14171f" },
  team: { backgroundColor: "#e7f5ec", border: "1px solid transparent", color: "#14171f" },
  bot: { backgroundColor: "#fafbfc", border: "1px solid #e6e9f0", color: "#384055" },
} as const;

/** The conversation as bubbles. `dir=auto` gives every message its own direction. */
export function Transcript({ history }: { readonly history: History }): VNode {
  return (
    <>
      {history.cut && (
        <p class="soft" style={{ margin: "0 0 14px", fontSize: "13px", lineHeight: "19px", color: "#667085" }}>
          {cutNote}
        </p>
      )}
      {history.lines.map((line) => (
        <Line key={`${line.at}${line.text}`} line={line} />
      ))}
    </>
  );
}

function Line({ line }: { readonly line: HistoryLine }): VNode {
  const time = <time dateTime={isoMoment(line.at)}>{readableMoment(line.at)}</time>;
  if (line.side === "note") {
    return (
      <div class="soft" style={{ margin: "4px 0 16px", fontSize: "13px", lineHeight: "19px", color: "#667085" }}>
        <div dir="auto" style={{ overflowWrap: "anywhere", wordBreak: "break-word" }}>
          <Lines text={line.text} />
        </div>
        <div style={{ fontSize: "12px" }}>{time}</div>
      </div>
    );
  }
  return (
    <div style={{ margin: "0 0 14px" }}>
      <div class="soft" style={{ margin: "0 0 4px", fontSize: "12px", lineHeight: "17px", color: "#667085" }}>
        <bdi class="strong" style={{ fontWeight: 600, color: "#14171f" }}>
          {line.who}
        </bdi>{" "}
        · {time}
      </div>
      <div
        class={`said-${line.side}`}
        dir="auto"
        style={{
          ...bubble[line.side],
          padding: "11px 14px",
          borderRadius: "12px",
          textAlign: "start",
          fontSize: "15px",
          lineHeight: "22px",
          overflowWrap: "anywhere",
          wordBreak: "break-word",
        }}
      >
        <Lines text={line.text} />
      </div>
    </div>
  );
}

function Lines({ text }: { readonly text: string }): VNode {
  return (
    <>
      {text.split("\n").map((part, index) =>
        index === 0 ? (
          part
        ) : (
          <>
            <br />
            {part}
          </>
        ),
      )}
    </>
  );
}

export function FactTable({ facts }: { readonly facts: readonly Fact[] }): VNode {
  return (
    <table {...tableProps} width="100%" style={{ tableLayout: "fixed", fontSize: "14px", lineHeight: "20px" }}>
      <tbody>
        {facts.map(([label, value]) => (
          <tr key={label}>
            <th
              scope="row"
              class="soft"
              style={{
                width: "34%",
                padding: "5px 12px 5px 0",
                textAlign: "left",
                verticalAlign: "top",
                fontWeight: 400,
                color: "#667085",
              }}
            >
              {label}
            </th>
            <td
              class="strong"
              dir="auto"
              style={{
                padding: "5px 0",
                textAlign: "left",
                verticalAlign: "top",
                color: "#14171f",
                overflowWrap: "anywhere",
                wordBreak: "break-word",
              }}
            >
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Characters of a line of plain text. */
const width = 76;

export function transcriptText(history: History): string {
  const lines = history.lines.map((line) =>
    line.side === "note"
      ? `${wrapped(line.text, width)}\n(${readableMoment(line.at)})`
      : `${line.who}, ${readableMoment(line.at)}:\n${wrapped(line.text, width, "    ")}`,
  );
  return [...(history.cut ? [wrapped(cutNote, width)] : []), ...lines].join("\n\n");
}

export function factsText(facts: readonly Fact[]): string {
  const column = Math.max(0, ...facts.map(([label]) => label.length)) + 2;
  return facts.map(([label, value]) => `${`${label}:`.padEnd(column)}${value}`).join("\n");
}
