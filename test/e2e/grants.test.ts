import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { startDemo } from "../../local/demo/demo.ts";
import { assembly, TestDemo } from "./demo.ts";
import { call } from "./people.ts";

interface Statement {
  Action: string | string[];
}
interface Role {
  Type: string;
  Properties: { Policies?: { PolicyDocument: { Statement: Statement[] } }[] };
}

const scratch = mkdtempSync(join(tmpdir(), "assembly-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The template without one grant: `action` is taken from the role of one function. */
function without(action: string, roleOf: string): string {
  cpSync(assembly, scratch, { recursive: true });
  const file = readdirSync(scratch).find((name) => name.endsWith(".template.json"));
  const path = join(scratch, file ?? "");
  const template = JSON.parse(readFileSync(path, "utf8")) as { Resources: Record<string, Role> };
  let removed = 0;
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type !== "AWS::IAM::Role" || !id.includes(roleOf)) continue;
    for (const { PolicyDocument } of Properties.Policies ?? []) {
      for (const statement of PolicyDocument.Statement) {
        const actions = [statement.Action].flat();
        statement.Action = actions.filter((each) => each !== action);
        removed += actions.length - statement.Action.length;
      }
      PolicyDocument.Statement = PolicyDocument.Statement.filter(({ Action }) => Action.length > 0);
    }
  }
  expect(removed, `${roleOf} has no grant of ${action}`).toBeGreaterThan(0);
  writeFileSync(path, JSON.stringify(template));
  return scratch;
}

describe("a grant that is missing in the stack", () => {
  it("is missing here as well: the call is denied by name, and the caller gets an error that tells nothing", async () => {
    const demo = new TestDemo(await startDemo({ assembly: without("dynamodb:PutItem", "StartConversation") }));
    try {
      const answer = await call(demo, "POST", "/api/conversations", { body: { chatbotId: "demo" } });
      expect([answer.status, answer.body.error.code]).toEqual([500, "internal"]);
      expect(JSON.stringify(answer.body)).not.toMatch(/dynamodb|arn:/i);
      expect(demo.demo.cloud.iam.denials()).toMatchObject([
        { caller: expect.stringContaining("StartConversation"), action: "dynamodb:PutItem" },
      ]);
    } finally {
      await demo.demo.close();
    }
  });
});
