import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { isEventType } from "../../lambdas/contracts/events.ts";
import { ClientAction, clientActions, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { type Example, type Golden, goldenActions, goldenEvents, goldenFrames } from "./golden.ts";

const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** Reads the fields that a schema can't do without. */
function requiredFieldsOf(schema: z.ZodObject): readonly string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => (accepts(field as z.ZodType, undefined) ? [] : name));
}

function without(example: Example, name: string): Example {
  return Object.fromEntries(Object.entries(example).filter(([key]) => key !== name));
}

describe.each([
  ...goldenActions.map((golden) => ["action", golden.name, golden] as const),
  ...goldenFrames.map((golden) => ["frame", golden.name, golden] as const),
  ...goldenEvents.map((golden) => ["event", golden.name, golden] as const),
])("the %s %s", (_, __, { name: golden, schema, examples }: Golden) => {
  it("reads every example as it stands", () => {
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
  });

  it("shows every field in some example", () => {
    const shown = new Set(examples.flatMap((example) => Object.keys(example)));
    expect(Object.keys(schema.shape).filter((name) => !shown.has(name))).toEqual([]);
  });

  it("refuses an example that lacks a field", () => {
    const fields = requiredFieldsOf(schema);
    expect(fields.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(fields.filter((name) => accepts(schema, without(example, name)))).toEqual([]);
    }
  });

  it("refuses an example with null in place of a field", () => {
    for (const example of examples) {
      const taken = Object.keys(example).filter((name) => accepts(schema, { ...example, [name]: null }));
      // Nobody: whom a conversation is given to, and whom the caller saw there.
      expect(taken).toEqual(golden === "assign" ? ["agentId", "expected"] : []);
    }
  });
});

describe("an action", () => {
  it.each(goldenActions)("$name refuses a field that it does not know", ({ schema, examples }) => {
    for (const example of examples) {
      expect(accepts(schema, { ...example, visitorId: "somebody-else" })).toBe(false);
      expect(accepts(schema, JSON.parse(JSON.stringify(example).replace("{", '{"constructor":{},')))).toBe(false);
    }
  });

  it.each(goldenActions)("$name takes nothing from a smuggled prototype", ({ examples }) => {
    for (const example of examples) {
      const smuggled: unknown = JSON.parse(JSON.stringify(example).replace("{", '{"__proto__":{"admin":true},'));
      expect(accepts(ClientAction, smuggled)).toBe(false);
      const prototypeOnly: unknown = JSON.parse(`{"__proto__":${JSON.stringify(example)}}`);
      expect(accepts(ClientAction, prototypeOnly)).toBe(false);
    }
  });

  it("begins at the first entry when hello names none", () => {
    expect(clientActions.hello.parse({ action: "hello", version: 1 })).toEqual({
      action: "hello",
      version: 1,
      after: 0,
    });
  });

  it.each([
    { action: "hello", version: 0 },
    { action: "hello", version: 2 },
    { action: "hello", version: "1" },
    { action: "hello" },
    { action: "Hello", version: 1 },
    { action: "toString", version: 1 },
    { action: "message", id: "m_4Xc81kQz", text: "from an older page" },
    { action: "send", id: "short", text: "a" },
    { action: "send", id: "m_4Xc81kQz", text: " \n\t " },
    { action: "send", id: "m_4Xc81kQz", text: "x".repeat(4_001) },
    { action: "send", id: "m_4Xc81kQz", text: ["a"] },
    { action: "send", id: "m_4Xc81kQz/../", text: "a" },
    { action: "send", id: "m_4Xc81kQz", text: "", attachments: [] },
    { action: "send", id: "m_4Xc81kQz", text: "a", attachments: ["../../etc/passwd"] },
    { action: "send", id: "m_4Xc81kQz", text: "a", attachments: Array(6).fill("f_71HqT2mNzL") },
    { action: "note", id: "m_4Xc81kQz", text: "  " },
    { action: "assign", id: "m_4Xc81kQz", agentId: "somebody else", expected: null },
    { action: "assign", id: "m_4Xc81kQz", agentId: "mia" },
    { action: "rate", id: "m_4Xc81kQz", score: 0 },
    { action: "rate", id: "m_4Xc81kQz", score: 4.5 },
    { action: "rate", id: "m_4Xc81kQz", score: 5, comment: "x".repeat(1_001) },
    { action: "read", seq: -1 },
    { action: "read", seq: 1.5 },
    { action: "read", seq: 10_000_000_000 },
    { action: "end", id: "m_4Xc81kQz", conversationId: "a#b#c#d#e#f#g" },
    "hello",
    null,
    [],
  ])("is not %j", (foreign) => {
    expect(accepts(ClientAction, foreign)).toBe(false);
  });
});

describe("a frame", () => {
  it.each(goldenFrames)("$name is told from the others by its type", ({ name, examples }) => {
    for (const example of examples) {
      expect(ServerFrame.parse(example).type).toBe(name);
      expect(accepts(ServerFrame, { ...example, type: `${name}.v2` })).toBe(false);
    }
  });

  it("may grow by a field, which an older page ignores", () => {
    for (const example of goldenFrames.flatMap(({ examples }) => examples)) {
      expect(ServerFrame.parse({ ...example, later: true })).toEqual(example);
    }
  });
});

describe("an event", () => {
  it("carries its version in its name", () => {
    for (const { name } of goldenEvents) expect(name).toMatch(/^[a-z]+\.[a-z-]+\.v[1-9]\d*$/);
  });

  it.each(["conversation.escalated.v2", "conversation.escalated", "message.unseen.v01", "__proto__", "toString", ""])(
    "“%s” is none of ours",
    (foreign) => {
      expect(isEventType(foreign)).toBe(false);
    },
  );

  it("may grow by a field, which an older consumer ignores", () => {
    for (const { schema, examples } of goldenEvents) {
      for (const example of examples) expect(schema.parse({ ...example, later: true })).toEqual(example);
    }
  });
});
