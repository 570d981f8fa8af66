import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { randomIds } from "../runtime/ids.ts";
import { once } from "../runtime/once.ts";
import { fileObjects, stores, systemClock } from "../runtime/wiring.ts";
import { readFile } from "./read-file.ts";
import { requestUpload } from "./request-upload.ts";
import type { FileServices } from "./services.ts";

const services = once((): FileServices => {
  const { conversations, chatbots, members, files } = stores();
  return { conversations, chatbots, members, files, fileObjects: fileObjects(), ids: randomIds, now: systemClock };
});

export const handler = httpHandlers(
  {
    requestUpload: ({ caller, path, body }) => requestUpload(services(), caller, path.conversationId, body),
    requestAgentUpload: ({ caller, path, body }) => requestUpload(services(), caller, path.conversationId, body),
    readFile: ({ caller, path }) => readFile(services(), caller, path.conversationId, path.fileId),
    readFileAsAgent: ({ caller, path }) => readFile(services(), caller, path.conversationId, path.fileId),
  },
  httpEdge,
);
