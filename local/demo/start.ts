import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { TemplateError } from "../cloud/assembly.ts";
import { DirectoryInUse } from "../cloud/dynamodb/directory-lock.ts";
import { PortTaken } from "../cloud/web-servers.ts";
import { buildAssembly } from "./build.ts";
import { type Demo, type DemoOptions, startDemo } from "./demo.ts";
import { logins } from "./seed.ts";

// The SDK's advice to move to a newer Node is for those who deploy; here it would hide the addresses.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

const usage = `Runs the whole product on this machine.

  npm start                       http://localhost:4000, console on the next port; data stays in .local/data
  npm start -- --port 5000        another port (or the variable PORT)
  npm start -- --data DIR         data stays in DIR
  npm start -- --ephemeral        data ends with the process
  npm start -- --assembly DIR     runs a cloud assembly that was synthesized before
`;

/** A mistake of the person at the keyboard: shown without a stack. */
class UsageError extends Error {}

interface Options {
  readonly port: number;
  /** Where the data stays; undefined when it ends with the process. */
  readonly data: string | undefined;
  readonly assembly: string | undefined;
}

function readOptions(): Options | "help" {
  const { values } = parseArguments();
  if (values.help) return "help";
  const port = Number(values.port ?? process.env.PORT ?? 4000);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) {
    throw new UsageError(
      `The port has to be a number from 1 to 65534, such as 4000; it is ${values.port ?? process.env.PORT}.`,
    );
  }
  if (values.ephemeral && values.data !== undefined) {
    throw new UsageError("Choose one: --ephemeral keeps nothing, --data says where to keep it.");
  }
  return { port, data: values.ephemeral ? undefined : (values.data ?? ".local/data"), assembly: values.assembly };
}

function parseArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        data: { type: "string" },
        ephemeral: { type: "boolean" },
        assembly: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${usage}`);
  }
}

async function start({ port, data, assembly }: Options): Promise<Demo> {
  const began = Date.now();
  if (assembly !== undefined && !existsSync(assembly)) {
    throw new UsageError(
      `There is no cloud assembly in ${assembly}. Make one with: npx cdk synth --output ${assembly}`,
    );
  }
  const directory = assembly ?? ".local/assembly";
  if (assembly === undefined) {
    console.log("Building functions, pages and the template …");
    await buildAssembly(directory);
  }
  const options: DemoOptions = {
    assembly: directory,
    port,
    consolePort: port + 1,
    ...(data === undefined ? {} : { directory: data }),
    onLog: ({ source, text }) => {
      if (process.env.VERBOSE) console.log(`${source}: ${text}`);
    },
  };
  const demo = await startDemo(options);
  console.log(greeting(demo, data, Date.now() - began));
  return demo;
}

function greeting(demo: Demo, data: string | undefined, ms: number): string {
  return `
  Ready in ${(ms / 1000).toFixed(1)} s.

  Start here       ${demo.console}
  Demo shop        ${demo.console}/shop
  Dashboard        ${demo.frontDoor}/chatbot/demo/dashboard/live-chats
  Mail, SMS        ${demo.console}/mail   ${demo.console}/sms
  Tickets          ${demo.console}/tickets

  Logins (no password): ${logins.map(({ email }) => email).join(", ")}
  Data: ${data === undefined ? "ends with this process" : `kept in ${data}`}. Stop with Ctrl+C.
`;
}

function explain(error: unknown): string {
  const isForThePerson = [UsageError, TemplateError, DirectoryInUse].some((kind) => error instanceof kind);
  if (isForThePerson) return (error as Error).message;
  if (error instanceof PortTaken) {
    return `${error.message} Stop what runs there, or choose another pair of ports: npm start -- --port 5000`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  const options = readOptions();
  if (options === "help") console.log(usage);
  else {
    const demo = await start(options);
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(1);
      stopping = true;
      demo.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  }
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
