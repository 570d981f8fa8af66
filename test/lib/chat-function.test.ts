import { describe, expect, it } from "vitest";
import { synthesize } from "./synthesis.ts";

const { template, functions, logicalIdOf } = synthesize();
const resources = template.toJSON().Resources;

describe.each(functions.map(({ node }) => node.id))("%s", (id) => {
  const { Properties: properties } = resources[logicalIdOf(id)];

  it("runs lean: Node.js 24 on arm64, traced, logging warnings as JSON", () => {
    expect(properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "WARN", SystemLogLevel: "WARN" },
    });
  });

  it("keeps its log for a month", () => {
    expect(resources[properties.LoggingConfig.LogGroup.Ref].Properties.RetentionInDays).toBe(30);
  });

  it("has an alarm that says in a sentence who is hurt", () => {
    const alarms = Object.values(template.findResources("AWS::CloudWatch::Alarm")).filter(
      ({ Properties }) => Properties.MetricName === "Errors" && Properties.Dimensions[0].Value.Ref === logicalIdOf(id),
    );
    expect(alarms).toHaveLength(1);
    expect(alarms[0]?.Properties.AlarmDescription).toMatch(/^[A-Z].{15,}\. Look into the log of [a-z-]+\.$/);
  });
});
