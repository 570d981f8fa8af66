import type { WebSocket } from "ws";
import type { ExecuteApi } from "./execute-api.ts";
import type { ConnectionFacts } from "./websocket-events.ts";

/** Limits of "Amazon API Gateway quotas" for WebSocket APIs. */
export const webSocketLimits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMs: 10 * 60_000,
  lifeMs: 2 * 60 * 60_000,
} as const;

/** A connection with its socket. Posting to it is `ConnectionsService`'s business. */
export interface LiveConnection {
  readonly api: ExecuteApi;
  readonly facts: ConnectionFacts;
  readonly socket: WebSocket;
  lastActiveAt: number;
  /** Restarts the idle timeout. */
  touch(): void;
}

/** API Gateway meters a WebSocket message in increments of 32 kB ("Amazon API Gateway pricing"). */
export function billedMessages(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / webSocketLimits.frameBytes));
}
