import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import type { ServerFrame } from "../contracts/protocol.ts";

/** `gone`: that socket does not exist any more. `failed`: it may, but this frame is lost; the client's next sync brings it. */
export type PostResult = "delivered" | "gone" | "failed";

/** Open sockets, by the id that API Gateway gave them. */
export interface Connections {
  post(connectionId: string, frame: ServerFrame): Promise<PostResult>;
  /** Closes a socket; one that is gone is closed already. A failure is ignored: the socket has no rights left by then. */
  close(connectionId: string): Promise<void>;
}

/** Whether a connection id is that of a page that polls over HTTPS: it is present, and nothing can be pushed to it. */
export function isPolling(connectionId: string): boolean {
  return connectionId.startsWith(pollingPrefix);
}

export const pollingPrefix = "poll:";

/** The callback API of a WebSocket API ("Use @connections commands in your backend service"). */
export function createConnections(client: ApiGatewayManagementApiClient): Connections {
  return {
    async post(connectionId, frame) {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(frame) }));
        return "delivered";
      } catch (error) {
        return error instanceof GoneException ? "gone" : "failed";
      }
    },
    async close(connectionId) {
      await client.send(new DeleteConnectionCommand({ ConnectionId: connectionId })).catch(() => undefined);
    },
  };
}
