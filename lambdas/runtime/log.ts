/**
 * What a log line may say: which thing happened and to what, never what was said or by whom. There is no field for
 * bodies, tokens, headers or addresses, and error messages are left out because those of other systems quote them.
 */
export type LogFacts = {
  readonly requestId?: string;
  readonly chatbotId?: string;
  readonly conversationId?: string;
  readonly notificationId?: string;
  readonly eventId?: string;
  readonly eventType?: string;
  /** Of a queue's message. */
  readonly messageId?: string;
  /** A fixed word of ours, never another system's text. */
  readonly reason?: string;
  readonly connectionId?: string;
  readonly count?: number;
  readonly status?: number;
  readonly durationMs?: number;
  readonly error?: unknown;
};

export interface Log {
  /** Worth counting; nobody has to act. Below the level that deployed functions keep. */
  info(code: string, facts?: LogFacts): void;
  /** Something was lost or refused that the system makes up for. */
  warn(code: string, facts?: LogFacts): void;
  /** Somebody has to act. */
  error(code: string, facts?: LogFacts): void;
}

/**
 * Hands one object to the console: with the log format JSON, Lambda writes it as `message` of a JSON line and drops
 * what is below the function's level ("Using Lambda advanced logging controls with Node.js").
 */
export const log: Log = {
  info: (code, facts) => console.info(line(code, facts)),
  warn: (code, facts) => console.warn(line(code, facts)),
  error: (code, facts) => console.error(line(code, facts)),
};

function line(code: string, { error, ...facts }: LogFacts = {}): object {
  return { code, ...facts, ...(error === undefined ? {} : { error: nameOf(error), at: placeOf(error) }) };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** The innermost frames of the stack, without the message that precedes them. */
function placeOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const frames = stack.split("\n").filter((each) => /^\s+at /.test(each));
  return frames.slice(0, 5).map((each) => each.trim());
}
