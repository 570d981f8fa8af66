/** Every way in which the system says no. One table in `runtime/` maps them to HTTP statuses. */
export const errorCodes = [
  "bad_request",
  "unknown_action",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "illegal_transition",
  "not_entitled",
  "live_chat_off",
  "quota_exhausted",
  "link_expired",
  "link_revoked",
  "erased",
  "hello_required",
  "too_large",
  "too_many_requests",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Where an input was wrong: a path such as `liveChat.email.addresses.0` and what to write instead. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What a page needs to say a refusal in its own words. */
export interface ErrorDetails {
  /** With the `conflict` of an assignment: who has the conversation. Absent: nobody has. */
  readonly assignee?: { readonly agentId: string; readonly name: string; readonly at?: number };
}

/** An expected refusal. Its message is shown to the caller and says what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, fields: readonly FieldError[] = [], details: ErrorDetails = {}) {
    super(message);
    this.name = "DomainError";
    this.code = code;
    this.fields = fields;
    this.details = details;
  }
}
