import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { openPortal } from "./open-portal.ts";

export const handler = httpHandler(
  "openPortal",
  ({ body }) => openPortal({ ...stores(), tokens: tokens(), now: systemClock }, body.token),
  httpEdge,
);
