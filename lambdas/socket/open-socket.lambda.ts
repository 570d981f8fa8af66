import { callerOf, type SocketHandler } from "../runtime/socket-handler.ts";

/**
 * Accepts a socket whose ticket the authorizer has checked. Nothing is stored: it takes part once it says hello, which
 * is also the first moment at which something can be pushed to it.
 */
export const handler: SocketHandler = async (event) => {
  callerOf(event);
  return { statusCode: 200 };
};
