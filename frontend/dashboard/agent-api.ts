import type { OperationId, ReplyOf } from "../../lambdas/contracts/http.ts";
import { type Api, ApiError, type CallInput } from "../shared/api.ts";

/** What calling as a logged-in agent needs of the login. */
export interface TokenSource {
  /** The access token at hand, or `undefined` when nobody is logged in. */
  token(): Promise<string | undefined>;
  /** A new one, or `undefined` when only logging in again helps. */
  renew(): Promise<string | undefined>;
}

/**
 * The API with the agent's token on every call. A token that is refused is renewed once, without anyone noticing;
 * `onLoggedOut` says that this did not help either, and the call still fails with `unauthorized`.
 */
export function createAgentApi(api: Api, tokens: TokenSource, onLoggedOut: () => void): Api {
  const callOrRenew = async <T extends OperationId>(
    operation: T,
    input: CallInput<T>,
    token: string,
  ): Promise<ReplyOf<T>> => {
    try {
      return await api.call(operation, { ...input, token });
    } catch (error) {
      const renewed = isRefused(error) ? await tokens.renew() : undefined;
      if (renewed === undefined) throw error;
      return api.call(operation, { ...input, token: renewed });
    }
  };
  return {
    async call<T extends OperationId>(operation: T, input: CallInput<T>): Promise<ReplyOf<T>> {
      const token = await tokens.token();
      try {
        if (token === undefined) throw new ApiError("unauthorized", "Nobody is logged in.", 401);
        return await callOrRenew(operation, input, token);
      } catch (error) {
        if (isRefused(error)) onLoggedOut();
        throw error;
      }
    },
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
