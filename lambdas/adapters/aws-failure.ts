/** What can be said of an error that an AWS client threw. */
export interface AwsFailure {
  readonly name: string;
  /** Of the network, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** Of the service's answer; absent when there was none. */
  readonly status: number | undefined;
  /** In the service's own words. It may quote addresses: for the person who asked, never for a log or the ledger. */
  readonly message: string;
  /** The request can't have left. */
  readonly neverLeft: boolean;
  /** The service may accept the same request later. */
  readonly mayPass: boolean;
}

/** Errors before a connection stood. */
const neverConnected: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CredentialsProviderError",
]);

export function awsFailure(error: unknown): AwsFailure {
  const { name, code, message, $metadata } = Object(error) as Readonly<Record<string, unknown>>;
  const status = Number((Object($metadata) as { httpStatusCode?: unknown }).httpStatusCode) || undefined;
  const failure = { name: textOf(name) ?? "unknown", code: textOf(code), status, message: textOf(message) ?? "" };
  return {
    ...failure,
    neverLeft: status === undefined && (neverConnected.has(failure.code ?? "") || neverConnected.has(failure.name)),
    // 403 is a missing grant or an expired credential: the queue's alarm tells the operator, and nothing is lost.
    mayPass:
      status !== undefined &&
      (status >= 500 || status === 429 || status === 403 || /throttl|LimitExceeded/iu.test(failure.name)),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
