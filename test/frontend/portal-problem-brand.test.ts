import { describe, expect, it } from "vitest";
import { chatbotIn } from "../../frontend/portal/problem-brand.ts";

const tokenOf = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

describe("the chatbot that a token names", () => {
  it("is read without asking anybody", () => {
    expect(chatbotIn(tokenOf({ chatbotId: "demo", more: "???>>>~~~" }))).toBe("demo");
  });

  it.each([
    "",
    "junk",
    "a.b.c",
    "..",
    tokenOf(null),
    tokenOf({}),
    tokenOf({ chatbotId: 7 }),
    tokenOf({ chatbotId: "" }),
  ])("is nobody's in %j", (token) => {
    expect(chatbotIn(token)).toBeUndefined();
  });
});
