import { describe, expect, it } from "vitest";
import { weights } from "../../frontend/size-budget.ts";

describe("what visitors download", () => {
  it.each(weights())("$what stays in its budget of $budget bytes", ({ bytes, budget, files }) => {
    expect(bytes, files.join(", ")).toBeLessThanOrEqual(budget);
  });
});
