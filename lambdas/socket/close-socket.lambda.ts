import { conversationServices } from "../conversation/live-services.ts";
import { callerOf, type SocketHandler } from "../runtime/socket-handler.ts";
import { closeSocket } from "./close-socket.ts";

export const handler: SocketHandler = async (event) => {
  await closeSocket(conversationServices(), callerOf(event), event.requestContext.connectionId);
  return { statusCode: 200 };
};
