import { describe, expect, it } from "vitest";
import {
  type Command,
  commandOfMessage,
  decide,
  type Party,
  type Status,
  statuses,
  transitions,
} from "../../lambdas/domain/status.ts";

const expected: Record<Command, Record<Status, string>> = {
  escalate: { unrequested: "unassigned", unassigned: "settled", open: "settled", ended: "illegal_transition" },
  takeOver: { unrequested: "open", unassigned: "open", open: "settled", ended: "illegal_transition" },
  end: { unrequested: "illegal_transition", unassigned: "ended", open: "ended", ended: "settled" },
  reopen: { unrequested: "illegal_transition", unassigned: "illegal_transition", open: "settled", ended: "open" },
  handBack: {
    unrequested: "settled",
    unassigned: "unrequested",
    open: "unrequested",
    ended: "illegal_transition",
  },
};

describe("the state machine", () => {
  for (const command of Object.keys(transitions) as Command[]) {
    for (const status of statuses) {
      it(`answers ${expected[command][status]} to ${command} in ${status}`, () => {
        const decision = decide(command, transitions[command].by[0], status);
        const answer = {
          move: () => (decision as { to: Status }).to,
          settled: () => "settled",
          refused: () => (decision as { reason: string }).reason,
        };
        expect(answer[decision.kind]()).toBe(expected[command][status]);
      });
    }
  }

  it.each([
    ["escalate", "agent"],
    ["takeOver", "visitor"],
    ["handBack", "visitor"],
  ] as [Command, Party][])("forbids %s to the %s in every status", (command, by) => {
    for (const status of statuses)
      expect(decide(command, by, status)).toEqual({ kind: "refused", reason: "forbidden" });
  });

  it("lets a message of either side reopen what has ended, and an agent's first message take over", () => {
    const table = (["visitor", "agent"] as const).map((by) => statuses.map((status) => commandOfMessage(by, status)));
    expect(table).toEqual([
      [undefined, undefined, undefined, "reopen"],
      ["takeOver", "takeOver", undefined, "reopen"],
    ]);
  });
});
