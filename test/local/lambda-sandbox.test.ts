import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { allow, arnOf, lambda, writeAssembly } from "./fixtures/assembly.ts";
import { aCloud, awsClient, bodiesIn, invocationsOf } from "./fixtures/cloud.ts";

const probe = `
import https from "node:https";
let calls = 0;
console.log("loaded");
const commands = {
  env: () => ({ name: process.env.NAME, home: process.env.HOME ?? null, path: process.env.PATH ?? null }),
  count: () => ++calls,
  throw: () => { throw new TypeError("no good"); },
  exit: () => process.exit(7),
  late: () => new Promise(() => setTimeout(() => { throw new Error("thrown later"); }, 1)),
  hang: () => { for (;;); },
  memory: () => { const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random())); },
  now: async () => [Date.now(), new Date().getTime(), new Date(0).getTime(), new Date() instanceof Date, crypto.randomUUID().length],
  remaining: (event, context) => [context.getRemainingTimeInMillis() > 0, context.functionName, context.awsRequestId.length],
  fetch: async ({ url }) => (await fetch(url, { method: "POST", body: "sent" })).json(),
  https: ({ url }) => new Promise((resolve, reject) => {
    https.request(url, { method: "POST" }, (response) => {
      let text = ""; response.on("data", (chunk) => (text += chunk)).on("end", () => resolve(JSON.parse(text)));
    }).on("error", reject).end("sent");
  }),
};
export const handler = async (event, context) => commands[event.command](event, context);
export const old = (event, context, callback) => callback(null, "by callback");
`;

const assembly = () =>
  writeAssembly(
    {
      Resources: {
        ...lambda("Probe", "probe", { env: { NAME: "probe" }, properties: { Timeout: 1, MemorySize: 128 } }),
        ...lambda("Old", "probe", { properties: { Handler: "index.old" } }),
        ...lambda("Broken", "broken"),
        ...lambda("Single", "slow", { properties: { ReservedConcurrentExecutions: 1 } }),
      },
    },
    {
      probe,
      broken: `throw new Error("cannot start");`,
      slow: `let running = 0; export const handler = async () => {
        running += 1; await new Promise((resolve) => setTimeout(resolve, 20)); const seen = running; running -= 1; return seen;
      };`,
    },
  );

describe("a sandbox", () => {
  it("has its own environment, keeps its module between invocations and writes to the log", async () => {
    const cloud = await aCloud(assembly());
    expect(await cloud.functions.invoke("Probe", { command: "env" })).toEqual({
      payload: { name: "probe", home: null, path: null },
    });
    expect(await cloud.functions.invoke("Probe", { command: "count" })).toEqual({ payload: 1 });
    expect(await cloud.functions.invoke("Probe", { command: "count" })).toEqual({ payload: 2 });
    expect(await cloud.functions.invoke("Probe", { command: "remaining" })).toEqual({ payload: [true, "Probe", 36] });
    expect(await cloud.functions.invoke("Old", {})).toEqual({ payload: "by callback" });
    await vi.waitFor(() => expect(cloud.log.entries("Probe").map(({ text }) => text)).toContain("loaded"));
  });

  it.each([
    ["throw", { errorType: "TypeError", errorMessage: "no good" }],
    ["exit", { errorType: "Runtime.ExitError" }],
    ["late", { errorMessage: "thrown later" }],
    [
      "hang",
      { errorType: "Sandbox.Timedout", errorMessage: expect.stringContaining("Task timed out after 1.00 seconds") },
    ],
    ["memory", { errorType: "Runtime.OutOfMemory" }],
  ])("answers an error after %s, and the function still works", async (command, error) => {
    const cloud = await aCloud(assembly());
    // Warm first, so that the time limit is that of the handler alone.
    await cloud.functions.invoke("Probe", { command: "count" });
    expect(await cloud.functions.invoke("Probe", { command })).toMatchObject({ error });
    expect(await cloud.functions.invoke("Probe", { command: "count" })).toHaveProperty("payload");
  });

  it("says why a bundle does not load", async () => {
    const cloud = await aCloud(assembly());
    expect(await cloud.functions.invoke("Broken", {})).toMatchObject({ error: { errorMessage: "cannot start" } });
    expect(await cloud.functions.invoke("Missing", {})).toMatchObject({
      error: { errorType: "ResourceNotFoundException" },
    });
  });

  it("follows the local clock", async () => {
    const cloud = await aCloud(assembly());
    await cloud.clock.advance(3_600_000);
    const result = await cloud.functions.invoke("Probe", { command: "now" });
    const [now, date, epoch, isDate, uuidLength] = (result as { payload: [number, number, number, boolean, number] })
      .payload;
    expect(now - Date.now()).toBeGreaterThan(3_500_000);
    expect(date - now).toBeLessThan(1_000);
    expect([epoch, isDate, uuidLength]).toEqual([0, true, 36]);
  });

  it("runs no more invocations at once than the reserved concurrency", async () => {
    const cloud = await aCloud(assembly());
    const results = await Promise.all(Array.from({ length: 4 }, () => cloud.functions.invoke("Single", {})));
    expect(results).toEqual(Array.from({ length: 4 }, () => ({ payload: 1 })));
  });

  it("stays within the number of warm sandboxes", async () => {
    const cloud = await aCloud(assembly(), { lambda: { pool: { warm: 1, idleMs: 60_000 } } });
    expect(await cloud.functions.invoke("Probe", { command: "count" })).toEqual({ payload: 1 });
    await cloud.functions.invoke("Old", {});
    expect(await cloud.functions.invoke("Probe", { command: "count" })).toEqual({ payload: 1 });
  });
});

describe("egress", () => {
  it("goes to the stand-in of a known host, by fetch and by https", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.end(JSON.stringify({ host: request.headers["x-forwarded-host"], path: request.url }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk`;
    const cloud = await aCloud(assembly(), { egress: { "*.example.com": base } });
    for (const command of ["fetch", "https"]) {
      expect(
        await cloud.functions.invoke("Probe", { command, url: "https://acme.example.com/tickets?page=2" }),
      ).toEqual({
        payload: { host: "acme.example.com", path: "/desk/tickets?page=2" },
      });
    }
  });

  it("is refused to any other host", async () => {
    const cloud = await aCloud(assembly());
    for (const command of ["fetch", "https"]) {
      expect(await cloud.functions.invoke("Probe", { command, url: "https://example.org/" })).toMatchObject({
        error: { errorMessage: expect.stringContaining("Egress to example.org is refused") },
      });
    }
  });
});

describe("a killed sandbox", () => {
  const twoSends = `${awsClient}
    const send = (text) => aws("sqs", "AmazonSQS.SendMessage", { QueueUrl: process.env.QUEUE, MessageBody: JSON.stringify(text) });
    export const handler = async () => { await send("first"); await send("second"); return "done"; };`;
  const stack = () =>
    writeAssembly(
      {
        Resources: {
          Queue: { Type: "AWS::SQS::Queue" },
          ...lambda("Sender", "sender", {
            statements: [allow("sqs:SendMessage", arnOf("Queue"))],
            env: { QUEUE: { Ref: "Queue" } },
          }),
        },
      },
      { sender: twoSends },
    );

  it.each([
    [0, []],
    [1, ["first"]],
    [2, ["first", "second"]],
  ])("after %i calls has done only those", async (afterCalls, done) => {
    const cloud = await aCloud(stack());
    cloud.faults.add({ kind: "lambda.killed", match: { function: "Send" }, options: { afterCalls } });
    expect(await cloud.functions.invoke("Sender", {})).toMatchObject({ error: { errorType: "Runtime.ExitError" } });
    expect(bodiesIn(cloud, "Queue")).toEqual(done);
    expect(await cloud.functions.invoke("Sender", {})).toEqual({ payload: "done" });
  });
});

describe("an asynchronous invocation", () => {
  const failing = `export const handler = async () => { throw new Error("always"); };`;

  it("is retried twice, then goes to the on-failure destination and the dead-letter queue", async () => {
    const assembly = writeAssembly(
      {
        Resources: {
          Failed: { Type: "AWS::SQS::Queue" },
          Dead: { Type: "AWS::SQS::Queue" },
          ...lambda("Failing", "failing", {
            statements: [allow("sqs:SendMessage", [arnOf("Failed"), arnOf("Dead")])],
            properties: { DeadLetterConfig: { TargetArn: arnOf("Dead") } },
          }),
          Config: {
            Type: "AWS::Lambda::EventInvokeConfig",
            Properties: {
              FunctionName: { Ref: "Failing" },
              Qualifier: "$LATEST",
              DestinationConfig: { OnFailure: { Destination: arnOf("Failed") } },
            },
          },
        },
      },
      { failing },
    );
    const cloud = await aCloud(assembly);
    cloud.functions.invokeLater("Failing", { n: 1 });
    for (const [attempt, wait] of [
      [1, 60_000],
      [2, 120_000],
    ] as const) {
      await vi.waitFor(() =>
        expect(cloud.log.entries("Failing").map(({ text }) => text)).toContainEqual(
          expect.stringContaining(`attempt ${attempt}`),
        ),
      );
      await cloud.clock.advance(wait);
    }
    await vi.waitFor(() => expect(bodiesIn(cloud, "Failed")).toHaveLength(1));
    expect(invocationsOf(cloud, "Failing")).toBe(3);
    expect(bodiesIn(cloud, "Failed")).toMatchObject([
      {
        requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 3 },
        requestPayload: { n: 1 },
        responsePayload: { errorMessage: "always" },
      },
    ]);
    expect(bodiesIn(cloud, "Dead")).toEqual([{ n: 1 }]);
  });
});
