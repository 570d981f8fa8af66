import { randomUUID } from "node:crypto";
import type { AwsCall, AwsReply } from "./service.ts";

/** The AWS Query protocol of one service: form fields in, XML out. `namespace` is its XML namespace. */
export interface QueryProtocol {
  /** `result` is the XML inside `<ActionResult>`. */
  reply(action: string, result: string): AwsReply;
  error(status: number, code: string, message: string): AwsReply;
}

export function queryProtocol(namespace: string): QueryProtocol {
  const xml = (status: number, body: string): AwsReply => ({ status, headers: { "content-type": "text/xml" }, body });
  return {
    reply(action, result) {
      const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
      const content = `<${action}Result>${result}</${action}Result>${metadata}`;
      return xml(200, `<${action}Response xmlns="${namespace}">${content}</${action}Response>`);
    },
    error(status, code, message) {
      const type = status < 500 ? "Sender" : "Receiver";
      const error = `<Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
      const request = `<RequestId>${randomUUID()}</RequestId>`;
      return xml(status, `<ErrorResponse xmlns="${namespace}">${error}${request}</ErrorResponse>`);
    },
  };
}

export function fieldsOf(call: AwsCall): URLSearchParams {
  return new URLSearchParams(call.body.toString("utf8"));
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
