import type * as z from "zod";
import { eventSource, events } from "../../lambdas/contracts/events.ts";
import { clientActions, serverFrames } from "../../lambdas/contracts/protocol.ts";
import { jsonSchema } from "./json-schema.ts";

/** The socket protocol and the lifecycle events as an AsyncAPI 3 document. */
export function asyncApi(): Record<string, unknown> {
  const messages = (schemas: Record<string, z.ZodType>, io: "input" | "output") =>
    Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, { name, payload: jsonSchema(schema, io, "draft-7") }]),
    );
  const references = (channel: string, names: readonly string[]) =>
    names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Live chat escalation: conversation protocol and events",
      version: "1",
      description:
        "Generated from `lambdas/contracts/protocol.ts` and `lambdas/contracts/events.ts` by `npm run docs`. " +
        "A WebSocket is opened with a single-use ticket (`?ticket=`); actions may be sent by HTTPS instead.",
    },
    channels: {
      socket: {
        address: "/ws",
        messages: {
          ...messages(clientActions, "input"),
          ...Object.fromEntries(
            Object.entries(messages(serverFrames, "output")).map(([name, message]) => [`${name}Frame`, message]),
          ),
        },
      },
      events: {
        address: eventSource,
        description: "The deployment's EventBridge bus. The name of a message is its `detail-type`.",
        messages: messages(events, "output"),
      },
    },
    operations: {
      act: {
        action: "receive",
        summary: "What a page sends.",
        channel: { $ref: "#/channels/socket" },
        messages: references("socket", Object.keys(clientActions)),
      },
      push: {
        action: "send",
        summary: "Replies and pushes.",
        channel: { $ref: "#/channels/socket" },
        messages: references(
          "socket",
          Object.keys(serverFrames).map((name) => `${name}Frame`),
        ),
      },
      publish: {
        action: "send",
        summary: "Lifecycle facts, at least once and possibly late; `eventId` names the fact.",
        channel: { $ref: "#/channels/events" },
        messages: references("events", Object.keys(events)),
      },
    },
  };
}
