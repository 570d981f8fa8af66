import { Aws, Duration, Fn } from "aws-cdk-lib";
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  type UserPoolDomain,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

export interface AgentPoolProps {
  readonly stage: Pick<Stage, "data" | "name">;
  /** `https://…` of the dashboard, where a login returns to. */
  readonly origin: string;
}

/** The logins of agents and owners. Nobody signs up: an owner invites, and Cognito mails a password for once. */
export class AgentPool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly domain: UserPoolDomain;

  constructor(scope: Construct, id: string, { stage, origin }: AgentPoolProps) {
    super(scope, id);
    this.pool = new UserPool(this, "Pool", {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.ESSENTIALS,
      userInvitation: {
        emailSubject: "You can answer live chats now",
        emailBody: `Sign in at ${origin}/ as {username} with the password {####} and choose your own.`,
      },
      deletionProtection: stage.data === "keep",
      removalPolicy: removalPolicyOf(stage),
    });
    this.domain = this.pool.addDomain("Domain", { cognitoDomain: { domainPrefix: loginPrefix(stage) } });
    this.client = this.pool.addClient("Dashboard", {
      generateSecret: false,
      preventUserExistenceErrors: true,
      authFlows: {},
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${origin}/login/callback`],
        logoutUrls: [`${origin}/`],
      },
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      enableTokenRevocation: true,
    });
  }

  /** What `oidc-client-ts` needs to know; served as `/config.json`. */
  get config(): Readonly<Record<"loginUrl" | "issuer" | "clientId", string>> {
    return {
      // Joined at deployment, so that the file is given one address and not its pieces.
      loginUrl: Fn.join("", [this.domain.baseUrl()]),
      issuer: this.pool.userPoolProviderUrl,
      clientId: this.client.userPoolClientId,
    };
  }

  /** Creates logins for invited members, and looks up those who have one. */
  grantInvitations(fn: ChatFunction): void {
    this.pool.grant(fn, "cognito-idp:AdminCreateUser", "cognito-idp:ListUsers");
    fn.addEnvironment("USER_POOL_ID", this.pool.userPoolId);
  }
}

/** Host names of logins are shared by all AWS accounts of a region. */
function loginPrefix({ name }: Pick<Stage, "name">): string {
  return `live-chat-${name}-${Aws.ACCOUNT_ID}`;
}

/**
 * Where the dashboard fetches from when somebody signs in: the login's host and the issuer's. Spelled without the
 * pool, because the pool's invitation names the distribution and the distribution's headers name these. They end with a
 * slash: in a Content-Security-Policy that stands for every path below.
 */
export function loginOrigins(stage: Pick<Stage, "name">): readonly string[] {
  return [
    `https://${loginPrefix(stage)}.auth.${Aws.REGION}.amazoncognito.com/`,
    `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/`,
  ];
}
