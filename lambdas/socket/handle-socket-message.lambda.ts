import { act } from "../conversation/act.ts";
import { actingServices } from "../conversation/live-acting-services.ts";
import { log } from "../runtime/log.ts";
import { socketHandler } from "../runtime/socket-handler.ts";

export const handler = socketHandler((call) => act(actingServices(), call), log);
