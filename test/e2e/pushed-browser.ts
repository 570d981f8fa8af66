import { createECDH, type ECDH, randomBytes, randomUUID } from "node:crypto";
import { decrypt } from "http_ece";
import type { BodyOf } from "../../lambdas/contracts/http.ts";
import type { PushPayload } from "../../lambdas/contracts/push-payload.ts";
import { eventually, type TestDemo } from "./demo.ts";

interface Push {
  readonly subscription: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly applicationServerKey: string;
}

/** A browser as a push service sees it: an address, and keys that only it can read with. */
export class PushedBrowser {
  readonly id = randomUUID();
  readonly deviceId = randomUUID();
  readonly #keys: ECDH = createECDH("prime256v1");
  readonly #auth = randomBytes(16);
  readonly p256dh: string;

  constructor() {
    this.p256dh = this.#keys.generateKeys("base64url");
  }

  get subscription(): BodyOf<"putPushDevice">["subscription"] {
    return {
      endpoint: `https://updates.push.services.mozilla.com/push/${this.id}`,
      keys: { p256dh: this.p256dh, auth: this.#auth.toString("base64url") },
    };
  }

  async pushes(demo: TestDemo): Promise<readonly Push[]> {
    return (await demo.ask<Push[]>("GET", "/api/pushes")).filter(({ subscription }) => subscription === this.id);
  }

  read({ body }: Push): PushPayload {
    const keys = { version: "aes128gcm", privateKey: this.#keys, authSecret: this.#auth } as const;
    return JSON.parse(decrypt(Buffer.from(body, "base64"), keys).toString("utf8")) as PushPayload;
  }

  /** What the newest push says, once one has come whose text contains a string. */
  payload(demo: TestDemo, containing: string): Promise<PushPayload> {
    return eventually(async () => {
      const payloads = (await this.pushes(demo)).map((push) => this.read(push));
      const found = payloads.findLast(({ title, body }) => `${title}\n${body}`.includes(containing));
      if (found === undefined) throw new Error(`no push with “${containing}” among ${JSON.stringify(payloads)}`);
      return found;
    });
  }
}
