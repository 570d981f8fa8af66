import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DomainError } from "../../lambdas/domain/errors.ts";
import { parseAction, parseJson } from "../../lambdas/runtime/parse.ts";

/** The code of the refusal, `undefined` when there is none; anything else that is thrown fails the test. */
function refusedWith(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe("hostile JSON", () => {
  test("never throws anything but a refusal", () => {
    const almostJson = fc
      .json()
      .chain((text) =>
        fc
          .tuple(fc.nat({ max: text.length }), fc.string())
          .map(([at, noise]) => text.slice(0, at) + noise + text.slice(at)),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), almostJson), (text) => {
        expect([undefined, "bad_request"]).toContain(refusedWith(() => parseJson(text, 1_000_000)));
      }),
    );
  });

  test("means what JSON means when it is let through", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/__proto__|constructor|prototype/.test(text));
        expect(parseJson(text, 1_000_000)).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    '{"__proto__":1}',
    '{"a":[{"constructor":{"prototype":{}}}]}',
    '{"\\u005f_proto__":{}}',
    `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
    `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  ])("%.30s… is refused", (text) => {
    expect(refusedWith(() => parseJson(text, 1_000_000))).toBe("bad_request");
  });

  test("is measured in bytes, not characters", () => {
    expect(refusedWith(() => parseJson('"ää"', 6))).toBeUndefined();
    expect(refusedWith(() => parseJson('"äää"', 6))).toBe("too_large");
  });
});

test("whatever is parsed as an action is one or is refused", () => {
  const names = fc.constantFrom("hello", "send", "read", "end", "heartbeat", "toString");
  const input = fc.oneof(
    fc.anything(),
    fc.record(
      { action: names, id: fc.anything(), text: fc.anything(), seq: fc.anything() },
      { requiredKeys: ["action"] },
    ),
  );
  fc.assert(
    fc.property(input, (value) => {
      expect([undefined, "bad_request", "unknown_action"]).toContain(refusedWith(() => parseAction(value)));
    }),
  );
});
