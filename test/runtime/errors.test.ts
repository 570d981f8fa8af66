import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ErrorReply } from "../../lambdas/contracts/http.ts";
import { ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { DomainError, errorCodes } from "../../lambdas/domain/errors.ts";
import { errorBody, refusalOf, statusOf } from "../../lambdas/runtime/errors.ts";
import { errorFrameOf } from "../../lambdas/runtime/socket-handler.ts";
import { fakeLog } from "../lambdas/chat-world.ts";

const golden: unknown = JSON.parse(readFileSync(new URL("./fixtures/errors.json", import.meta.url), "utf8"));

test("errors look as clients know them, over HTTP and through sockets", () => {
  const refusal = new DomainError("bad_request", "Some of the input is not right. Each field says what it needs.", [
    { path: "liveChat.email.addresses.0", message: "an e-mail address such as support@example.com" },
  ]);
  const message = '{"action":"send","id":"message-1","conversationId":"conversation-1","text":""}';
  const now = {
    statuses: statusOf,
    reply: { error: errorBody(refusal) },
    frame: errorFrameOf(refusal, message),
    bareFrame: errorFrameOf(new DomainError("too_large", "The input is larger than 32000 bytes."), "{"),
  };
  expect(now).toEqual(golden);
  expect(ErrorReply.parse(now.reply)).toEqual(now.reply);
  expect(ServerFrame.parse(now.frame)).toEqual(now.frame);
});

test("every code has a status of its kind", () => {
  expect(Object.keys(statusOf).toSorted()).toEqual([...errorCodes].toSorted());
  expect(Object.entries(statusOf).filter(([, status]) => status >= 500)).toEqual([["internal", 500]]);
});

test("what is too much at once asks to try again", () => {
  const log = fakeLog();
  const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
  expect(refusalOf(throttled, "request-1", log).code).toBe("too_many_requests");
  expect(log.lines).toMatchObject([{ level: "warn", code: "throttled" }]);
});

test("an error frame repeats nothing that is not an id", () => {
  const refusal = new DomainError("bad_request", "no");
  const frame = errorFrameOf(refusal, '{"action":"<b>","id":"<script>","conversationId":["x"]}');
  expect(frame).toEqual({ type: "error", code: "bad_request", message: "no" });
});
