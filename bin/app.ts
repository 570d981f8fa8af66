import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { LiveChatStack } from "../lib/live-chat-stack.ts";
import { readStage } from "../lib/stage.ts";

const root = join(import.meta.dirname, "..");
// The CLI hands its context over, -c included, and that wins; without the CLI the same feature flags must hold.
const { context } = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8"));
const app = new App({ context });
const stage = readStage(app.node.tryGetContext("stage"));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new LiveChatStack(app, "LiveChat", {
  stackName: `live-chat-${stage.name}`,
  stage,
  bundleDirectory: join(root, "dist", "lambdas"),
  siteDirectory: join(root, "dist", "site"),
});
app.synth();
