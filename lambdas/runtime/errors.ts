import { DomainError, type ErrorCode } from "../domain/errors.ts";
import type { Log } from "./log.ts";

/** The HTTP status of every refusal. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unknown_action: 400,
  unauthorized: 401,
  forbidden: 403,
  not_entitled: 403,
  not_found: 404,
  conflict: 409,
  illegal_transition: 409,
  live_chat_off: 409,
  hello_required: 409,
  link_expired: 410,
  link_revoked: 410,
  erased: 410,
  too_large: 413,
  too_many_requests: 429,
  quota_exhausted: 429,
  internal: 500,
};

/** Errors by which DynamoDB and the callback API say that there is too much at once, after the client's own retries. */
const throttles = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "LimitExceededException",
  "TooManyRequestsException",
]);

/** What the caller may know of an error. Anything unexpected is logged and shown as `internal` with the request's id. */
export function refusalOf(error: unknown, requestId: string, log: Log): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof Error && throttles.has(error.name)) {
    log.warn("throttled", { requestId, error });
    return new DomainError("too_many_requests", "There is too much going on right now. Try again in a few seconds.");
  }
  log.error("unexpected_error", { requestId, error });
  return new DomainError(
    "internal",
    `Something went wrong on our side. Try again; if it keeps happening, quote ${requestId}.`,
  );
}

/** A refusal in the shape that HTTP replies and error frames share. */
export function errorBody(refusal: DomainError): {
  code: ErrorCode;
  message: string;
  fields?: { path: string; message: string }[];
  assignee?: { agentId: string; name: string; at?: number };
} {
  const { code, message, fields, details } = refusal;
  return {
    code,
    message,
    ...(fields.length === 0 ? {} : { fields: fields.map((field) => ({ ...field })) }),
    ...(details.assignee === undefined ? {} : { assignee: { ...details.assignee } }),
  };
}
