import { authorizerHandler } from "../runtime/authorizer-handler.ts";
import { log } from "../runtime/log.ts";
import { originSecret, stores, tokens } from "../runtime/wiring.ts";
import { authorizeSocket } from "./authorize-socket.ts";

export const handler = authorizerHandler(
  (ticket) => authorizeSocket({ tokens: tokens(), tickets: stores().tickets }, ticket),
  { originSecret, log },
);
