import { act } from "../conversation/act.ts";
import { conversationServices } from "../conversation/live-services.ts";
import { log } from "../runtime/log.ts";
import { socketHandler } from "../runtime/socket-handler.ts";

export const handler = socketHandler((call) => act(conversationServices(), call), log);
