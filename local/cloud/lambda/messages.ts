import type { EgressRules } from "./egress-fence.ts";

/** What a sandbox thread starts with. */
export interface SandboxStart {
  /** `file:` URL of the bundle. */
  readonly bundle: string;
  readonly handler: string;
  readonly sharedOffset: SharedArrayBuffer;
  readonly egress: EgressRules;
}

/** One invocation, on its way into the thread. Event and result travel as JSON, as they do on AWS. */
export interface Invocation {
  readonly requestId: string;
  readonly event: string;
  readonly timeoutMs: number;
  readonly context: {
    readonly functionName: string;
    readonly functionVersion: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
  };
}

export interface ThreadError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What the thread answers. */
export type ThreadReport =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly payload: string }
  | { readonly kind: "failed"; readonly error: ThreadError };
