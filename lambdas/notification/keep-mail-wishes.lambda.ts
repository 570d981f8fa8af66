import { requestTranscript } from "../conversation/request-transcript.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandlers } from "../runtime/http-handler.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { readMailWish, writeMailWish } from "./mail-wish.ts";
import { unsubscribeMail } from "./unsubscribe-mail.ts";

function wishServices() {
  const { conversations, mailWishes } = stores();
  return { conversations, mailWishes, tokens: tokens(), now: systemClock };
}

/** What customers want by mail, and what not. */
export const handler = httpHandlers(
  {
    requestTranscript: async ({ caller, path, body }) => {
      const { conversations, members, mailWishes } = stores();
      const services = { conversations, members, mailWishes, now: systemClock };
      await requestTranscript(services, caller, path.conversationId, body.email);
      return { requested: true };
    },
    unsubscribeMail: async ({ query }) => {
      await unsubscribeMail(wishServices(), query.token);
      return { stopped: true };
    },
    readMailWish: ({ query }) => readMailWish(wishServices(), query.token),
    writeMailWish: ({ body }) => writeMailWish(wishServices(), body.token, body.wanted),
  },
  httpEdge,
);
