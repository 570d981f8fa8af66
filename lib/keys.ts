import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

export interface KeysProps {
  readonly stage: Pick<Stage, "data">;
}

/** The two secrets of a deployment: the keys of all tokens, and what proves that a request came through CloudFront. */
export class Keys extends Construct {
  /** `{"current":"k1","k1":"<64 characters>"}`: rotation adds `k2` and changes `current`, and old links stay valid. */
  readonly keys: Secret;
  /** The value of the header `x-origin-verify`. */
  readonly origin: Secret;

  constructor(scope: Construct, id: string, { stage }: KeysProps) {
    super(scope, id);
    const removalPolicy = removalPolicyOf(stage);
    this.keys = new Secret(this, "Tokens", {
      description: "Signs sessions, tickets and portal links, and seals chatbots' credentials.",
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: "k1" }),
        generateStringKey: "k1",
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy,
    });
    this.origin = new Secret(this, "Origin", {
      description: "CloudFront sends it with every request, so that nobody goes around CloudFront.",
      generateSecretString: { passwordLength: 40, excludePunctuation: true },
      removalPolicy,
    });
  }

  /** Signs and verifies tokens, opens sealed credentials. */
  grantTokens(fn: ChatFunction): void {
    this.keys.grantRead(fn);
    fn.addEnvironment("KEYS_SECRET_ARN", this.keys.secretArn);
  }

  /** Tells requests of CloudFront from all others. */
  grantOriginCheck(fn: ChatFunction): void {
    this.origin.grantRead(fn);
    fn.addEnvironment("ORIGIN_SECRET_ARN", this.origin.secretArn);
  }
}
