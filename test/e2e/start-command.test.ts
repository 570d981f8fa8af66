import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { FrameOf } from "../../lambdas/contracts/protocol.ts";
import { assembly, eventually } from "./demo.ts";
import { newId } from "./people.ts";

const packageFile = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
const [program = "", ...script] = packageFile.scripts.start.split(" ");

/** The real start command in a process of its own, and what it has printed. */
class StartCommand {
  printed = "";
  readonly #process: ChildProcess;
  readonly #ended: Promise<number | null>;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { PORT: _, VERBOSE: __, ...inherited } = process.env;
    this.#process = spawn(program, [...script, ...args], {
      env: { ...inherited, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.printed += chunk.toString();
      });
    }
    // After `close` nothing more is printed.
    this.#ended = once(this.#process, "close").then(([code]) => code as number | null);
  }

  /** Resolves when it says that it is ready; fails with what it printed instead. */
  async ready(): Promise<void> {
    await eventually(() => {
      if (this.#process.exitCode !== null) throw new Error(`it ended with ${this.#process.exitCode}`);
      expect(this.printed).toContain("Ready in");
    }, 60_000).catch((error: unknown) => {
      throw new Error(`not ready: ${String(error)}\n${this.printed}`);
    });
  }

  /** The exit code, once it has ended by itself. */
  exitCode(): Promise<number | null> {
    return this.#ended;
  }

  /** What Ctrl+C or a process manager does. @returns the exit code */
  async stop(): Promise<number | null> {
    this.#process.kill("SIGTERM");
    return this.#ended;
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }
}

let directory: string;
const commands: StartCommand[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "start-command-"));
});
afterEach(async () => {
  await Promise.all(commands.splice(0).map((command) => command.kill()));
  rmSync(directory, { recursive: true, force: true });
});

function npmStart(args: readonly string[], env?: Readonly<Record<string, string>>): StartCommand {
  const command = new StartCommand(args, env);
  commands.push(command);
  return command;
}

async function listen(port: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer().listen(port, "localhost");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was expected");
  return {
    port: address.port,
    close: async () => {
      server.close();
      await once(server, "close");
    },
  };
}

/** A port which is free together with the next one. */
async function freePair(): Promise<number> {
  for (let tries = 0; tries < 20; tries++) {
    const first = await listen(0);
    const second = await listen(first.port + 1).catch(() => undefined);
    await Promise.all([first.close(), second?.close()]);
    if (second !== undefined) return first.port;
  }
  throw new Error("no two free ports in a row");
}

const addressOf = (port: number): string => `http://localhost:${port}`;

async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const arrive = (port: number, session?: string): Promise<ReplyOf<"startConversation">> =>
  post(`${addressOf(port)}/api/conversations`, { chatbotId: "demo", ...(session === undefined ? {} : { session }) });

describe("npm start", () => {
  it("prints where everything is, and answers there", async () => {
    const port = await freePair();
    const command = npmStart(["--assembly", assembly, "--ephemeral", "--port", String(port)]);
    await command.ready();
    const consoleAddress = addressOf(port + 1);
    expect(command.printed).toContain(`${addressOf(port)}/chatbot/demo/dashboard/live-chats`);
    expect(command.printed).toContain(`${consoleAddress}/shop`);
    expect(command.printed).toContain("agent@demo.test");
    expect(command.printed).toContain("Data: ends with this process");
    expect(await (await fetch(`${consoleAddress}/api/ready`)).json()).toEqual({ ready: true });
    expect(await (await fetch(`${addressOf(port)}/widget.js`)).text()).toContain("iframe");
    expect(await command.stop()).toBe(0);
  });

  it("keeps conversations and sessions over a restart, for one process at a time", async () => {
    const port = await freePair();
    const data = join(directory, "data");
    const first = npmStart(["--assembly", assembly, "--data", data], { PORT: String(port) });
    await first.ready();
    expect(first.printed).toContain(`kept in ${data}`);
    const { session, conversationId } = await arrive(port);
    const actions = `/api/conversations/${conversationId}/actions`;
    await post(`${addressOf(port)}${actions}`, { action: "send", id: newId(), text: "Still there tomorrow?" }, session);

    const second = npmStart(["--assembly", assembly, "--data", data, "--port", String(await freePair())]);
    expect(await second.exitCode()).toBe(1);
    expect(second.printed).toContain(`${data} is in use by process`);
    expect(second.printed).not.toContain("    at ");

    expect(await first.stop()).toBe(0);
    const restarted = npmStart(["--assembly", assembly, "--data", data, "--port", String(port)]);
    await restarted.ready();
    expect(await arrive(port, session)).toMatchObject({ resumed: true, conversationId });
    const hello = { action: "hello", version: 1 };
    const { entries } = await post<FrameOf<"state">>(`${addressOf(port)}${actions}`, hello, session);
    expect(entries[0]).toMatchObject({ kind: "message", text: "Still there tomorrow?" });
    expect(await restarted.stop()).toBe(0);
  });

  it("forgets everything with --ephemeral", async () => {
    const port = await freePair();
    const args = ["--assembly", assembly, "--ephemeral", "--port", String(port)];
    const first = npmStart(args);
    await first.ready();
    const { session, conversationId } = await arrive(port);
    await first.stop();

    await npmStart(args).ready();
    const again = await arrive(port, session);
    expect(again.resumed).toBe(false);
    expect(again.conversationId).not.toBe(conversationId);
  });

  it.each([0, 1])("says which port is taken when it is the one of place %i", async (place) => {
    const port = await freePair();
    const taken = await listen(port + place);
    const command = npmStart(["--assembly", assembly, "--ephemeral", "--port", String(port)]);
    expect(await command.exitCode()).toBe(1);
    expect(command.printed).toContain(`Port ${port + place} is taken.`);
    expect(command.printed).toContain("--port");
    expect(command.printed).not.toContain("    at ");
    await taken.close();
  });

  it("lists what a template needs that this machine can't run", async () => {
    const changed = join(directory, "assembly");
    cpSync(assembly, changed, { recursive: true });
    const file = join(changed, "LiveChat.template.json");
    const template = JSON.parse(readFileSync(file, "utf8")) as { Resources: Record<string, unknown> };
    template.Resources.Warehouse = { Type: "AWS::RDS::DBInstance", Properties: { Engine: "postgres" } };
    template.Resources.Mainframe = { Type: "AWS::M2::Environment", Properties: {} };
    writeFileSync(file, JSON.stringify(template));
    const command = npmStart(["--assembly", changed, "--ephemeral", "--port", String(await freePair())]);
    expect(await command.exitCode()).toBe(1);
    expect(command.printed).toContain("Warehouse: the resource type AWS::RDS::DBInstance is not supported");
    expect(command.printed).toContain("Mainframe: the resource type AWS::M2::Environment is not supported");
    expect(command.printed).not.toContain("    at ");
  });

  it.each([
    { args: ["--port", "abc"], says: "The port has to be a number from 1 to 65534, such as 4000; it is abc." },
    { args: ["--port", "70000"], says: "it is 70000." },
    { args: ["--verbose"], says: "npm start -- --port 5000" },
    { args: ["--ephemeral", "--data", "here"], says: "Choose one" },
    { args: ["--assembly", "no/such/directory"], says: "There is no cloud assembly in no/such/directory." },
  ])("explains what is wrong with $args", async ({ args, says }) => {
    const command = npmStart(args);
    expect(await command.exitCode()).toBe(1);
    expect(command.printed).toContain(says);
    expect(command.printed).not.toContain("    at ");
  });

  it("refuses a PORT that is none", async () => {
    const command = npmStart(["--assembly", assembly], { PORT: "http" });
    expect(await command.exitCode()).toBe(1);
    expect(command.printed).toContain("it is http.");
  });

  it("explains itself with --help", async () => {
    const command = npmStart(["--help"]);
    expect(await command.exitCode()).toBe(0);
    for (const option of ["--port", "--data", "--ephemeral", "--assembly"]) expect(command.printed).toContain(option);
  });
});
