import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, type CfnResource } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import * as z from "zod";
import { lambdaEntries } from "../../lambdas/bundle.ts";
import { operations } from "../../lambdas/contracts/http.ts";
import { ChatFunction } from "../../lib/chat-function.ts";
import { functionNameOf } from "../../lib/http-routes.ts";
import { LiveChatStack, type LiveChatStackProps } from "../../lib/live-chat-stack.ts";
import { readStage, type Stage } from "../../lib/stage.ts";

const root = join(import.meta.dirname, "..", "..");

/** Feature flags change what the CDK makes: tests synthesize under those of `cdk.json`. */
const { context } = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")));

export const eventFunctions = [
  "authorize-socket",
  "open-socket",
  "close-socket",
  "handle-socket-message",
  "publish-events",
  "notify-by-email",
  "notify-by-push",
  "notify-by-sms",
  "notify-zendesk",
  "record-statistics",
  "notify-unseen",
  "mail-transcript",
  "record-mail-outcome",
  "answer-question",
  "sweep-conversation",
  "erase-expired",
] as const;

/** Every function that the contracts and the sockets, queues and streams ask for. */
export const functionNames: readonly string[] = [
  ...new Set((Object.keys(operations) as (keyof typeof operations)[]).map(functionNameOf)),
  ...eventFunctions,
];

/** A directory that is deleted after the tests of the file. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "live-chat-lib-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function write(directory: string, files: Readonly<Record<string, string>>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return directory;
}

/** Stands for what esbuild writes: the stack looks at the files' presence only. */
export function stubBundles(directory: string): string {
  const names = new Set([...functionNames, ...Object.keys(lambdaEntries())]);
  return write(
    directory,
    Object.fromEntries([...names].map((name) => [`${name}/index.mjs`, `export const handler = () => "${name}";`])),
  );
}

/** Stands for what Vite writes. */
export function stubSite(directory: string): string {
  return write(directory, {
    "widget.js": "/* loader */",
    "widget/index.html": "<!doctype html><title>widget</title>",
    "dashboard/index.html": "<!doctype html><title>dashboard</title>",
    "portal/index.html": "<!doctype html><title>portal</title>",
    "assets/app-1a2b3c.js": "/* app */",
  });
}

export interface Synthesis {
  readonly app: App;
  readonly stack: LiveChatStack;
  readonly template: Template;
  readonly functions: readonly ChatFunction[];
  /** The variables of a function, by its construct id: `OpenSocket`. */
  variablesOf(id: string): readonly string[];
  logicalIdOf(id: string): string;
  /** The statements that a function's role has, by the function's construct id. */
  statementsOf(id: string): readonly Statement[];
}

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The stack with stubs in `directory`; `directories` replaces where it looks for them. */
export function buildStack(
  directory: string,
  stage: Stage = readStage(undefined),
  directories: Partial<Pick<LiveChatStackProps, "bundleDirectory" | "siteDirectory">> = {},
): LiveChatStack {
  // The validation of templates takes seconds and has a test of its own.
  const app = new App({ context, outdir: join(directory, "cdk.out"), builtinCloudFormationValidation: false });
  return new LiveChatStack(app, "LiveChat", {
    stage,
    bundleDirectory: stubBundles(join(directory, "lambdas")),
    siteDirectory: stubSite(join(directory, "site")),
    ...directories,
  });
}

/** Synthesizes the stack of a stage with stubs in place of bundles and pages. Takes a second or two: once per file. */
export function synthesize(stage?: Stage): Synthesis {
  const stack = buildStack(scratchDirectory(), stage);
  const template = Template.fromStack(stack);
  const functions = stack.node.findAll().filter((each) => each instanceof ChatFunction);
  const found = (id: string): ChatFunction => {
    const fn = functions.find(({ node }) => node.id === id);
    if (fn === undefined) throw new Error(`The stack has no function ${id}.`);
    return fn;
  };
  const logicalIdOf = (id: string) => stack.getLogicalId(found(id).node.defaultChild as CfnResource);
  return {
    app: stack.node.root as App,
    stack,
    template,
    functions,
    logicalIdOf,
    variablesOf(id) {
      const properties = template.toJSON().Resources[logicalIdOf(id)].Properties;
      return Object.keys(properties.Environment?.Variables ?? {}).sort();
    },
    statementsOf(id) {
      const role = template.toJSON().Resources[logicalIdOf(id)].Properties.Role["Fn::GetAtt"][0];
      const { Policies } = template.toJSON().Resources[role].Properties as {
        Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
      };
      return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    },
  };
}

/** `open-socket` → `OpenSocket`. */
export function constructIdOf(name: string): string {
  return name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

export function actionsOf(statements: readonly Statement[]): readonly string[] {
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}
