import { describe, expect, it } from "vitest";
import { linesOf, type Talk } from "../../frontend/shared/lines.ts";
import { aMessage } from "./frames.ts";

const aTalk = (change: Partial<Talk>): Talk => ({
  party: "visitor",
  entries: [],
  pending: [],
  answers: [],
  seenByOther: 0,
  ...change,
});
const messages = (talk: Talk, canSend = true) =>
  linesOf(talk, canSend).flatMap((line) => (line.kind === "message" ? [line] : []));

describe("linesOf", () => {
  it("starts every day with its name", () => {
    const day = 86_400_000;
    const lines = linesOf(
      aTalk({ entries: [aMessage(1, { at: day }), aMessage(2, { at: day }), aMessage(3, { at: 3 * day })] }),
      true,
    );
    expect(lines.map((line) => line.kind)).toEqual(["day", "message", "message", "day", "message"]);
  });

  it("joins messages of one author that follow soon, and no others", () => {
    const run = messages(
      aTalk({
        entries: [
          aMessage(1),
          aMessage(2),
          aMessage(3, { author: { role: "bot" } }),
          aMessage(4, { author: { role: "bot" }, at: 900_000 }),
        ],
      }),
    );
    expect(run.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("says only under our newest message how far it has got", () => {
    const talk = aTalk({ entries: [aMessage(1), aMessage(2)], seenByOther: 1 });
    expect(messages(talk).map((line) => line.delivery)).toEqual([undefined, "sent"]);
    expect(messages({ ...talk, seenByOther: 2 }).at(-1)?.delivery).toBe("seen");
  });

  it("tells a message that waits for the connection from one that is being sent", () => {
    const talk = aTalk({ pending: [{ id: "p", text: "x", at: 0, after: 0, state: "sending", tried: false }] });
    expect(messages(talk, true)[0]?.delivery).toBe("sending");
    expect(messages(talk, false)[0]?.delivery).toBe("waiting");
  });

  it("puts the AI on the team's side for an agent and on the other side for a visitor", () => {
    const entries = [aMessage(1, { author: { role: "bot" } })];
    expect(messages(aTalk({ entries }))[0]?.own).toBe(false);
    expect(messages(aTalk({ entries, party: "agent" }))[0]?.own).toBe(true);
  });
});
