import { type Command, statuses, transitions } from "../../lambdas/domain/status.ts";

const label = (status: string): string => status[0]!.toUpperCase() + status.slice(1);
const commands = Object.keys(transitions) as Command[];

export function stateDiagram(): string {
  const arrows = commands.flatMap((command) =>
    transitions[command].from.map((from) => `  ${label(from)} --> ${label(transitions[command].to)}: ${command}`),
  );
  return ["```mermaid", "stateDiagram-v2", "  [*] --> Unrequested", ...arrows, "```"].join("\n");
}

export function stateTable(): string {
  const cell = (command: Command, status: (typeof statuses)[number]): string => {
    const { from, settled, to } = transitions[command] as {
      from: readonly string[];
      settled: readonly string[];
      to: string;
    };
    if (from.includes(status)) return `→ ${label(to)}`;
    return settled.includes(status) ? "nothing to do" : "`illegal_transition`";
  };
  const rows = commands.map((command) => {
    const { by, label: meaning } = transitions[command];
    return `| \`${command}\` (${meaning}) | ${by.join(", ")} | ${statuses.map((status) => cell(command, status)).join(" | ")} |`;
  });
  return [
    `| command | by | ${statuses.map((status) => `in ${label(status)}`).join(" | ")} |`,
    `| --- | --- | ${statuses.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}
