import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { stores, systemClock } from "../runtime/wiring.ts";
import {
  deletePushDevice,
  type MyNotificationServices,
  putPushDevice,
  readMyNotifications,
  writeMyNotifications,
} from "./keep-my-notifications.ts";
import { pushKeys } from "./push-wiring.ts";

const services = (): MyNotificationServices => ({
  chatbots: stores().chatbots,
  agentNotifications: stores().agentNotifications,
  pushKey: async () => (await pushKeys()).publicKey,
  now: systemClock,
});

export const handler = httpHandlers(
  {
    readMyNotifications: ({ caller }) => readMyNotifications(services(), caller),
    writeMyNotifications: ({ caller, body }) => writeMyNotifications(services(), caller, body),
    putPushDevice: ({ caller, path, body }) => putPushDevice(services(), caller, path.deviceId, body),
    deletePushDevice: ({ caller, path }) => deletePushDevice(services(), caller, path.deviceId),
  },
  httpEdge,
);
