import { availabilityServices } from "../chatbot/live-availability.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { stores, tokens } from "../runtime/wiring.ts";
import { openPortal } from "./open-portal.ts";

export const handler = httpHandler(
  "openPortal",
  ({ body }) => openPortal({ ...stores(), ...availabilityServices(), tokens: tokens() }, body.token),
  httpEdge,
);
