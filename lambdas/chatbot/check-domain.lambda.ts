import { createDomainNames } from "../adapters/domain-names.ts";
import { env } from "../runtime/env.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { once } from "../runtime/once.ts";
import { checkDomain } from "./check-domain.ts";

const names = once(() => createDomainNames());

export const handler = httpHandler(
  "checkDomain",
  ({ query }) => checkDomain({ names: names(), publicOrigin: env.publicOrigin }, query.host),
  httpEdge,
);
