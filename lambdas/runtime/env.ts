/**
 * The only reader of `process.env`. Each value is read when it is asked for, so that a function needs only the
 * variables that it uses, and a missing one names itself.
 */
export const env = {
  /** The one DynamoDB table. */
  get tableName() {
    return required("TABLE_NAME");
  },
  /** The bus that lifecycle events go to. */
  get eventBusName() {
    return required("EVENT_BUS_NAME");
  },
  /** Callback URL of the WebSocket API with its stage, `https://….amazonaws.com/live`. */
  get socketEndpoint() {
    return required("SOCKET_ENDPOINT");
  },
  /** Where people meet the product, `https://chat.example.com`, without a slash at the end. */
  get publicOrigin() {
    return required("PUBLIC_ORIGIN").replace(/\/+$/, "");
  },
  /** Secret with the signing and sealing keys; see `keys.ts`. */
  get keysSecretArn() {
    return required("KEYS_SECRET_ARN");
  },
  /** Secret that CloudFront sends as `x-origin-verify`. */
  get originSecretArn() {
    return required("ORIGIN_SECRET_ARN");
  },
  /** Bucket of the files that people send. */
  get filesBucket() {
    return required("FILES_BUCKET");
  },
  /** Cognito user pool of the agents. */
  get userPoolId() {
    return required("USER_POOL_ID");
  },
  /** Sender of notification mails. */
  get mailFrom() {
    return required("MAIL_FROM");
  },
  /** SES configuration set that reports delivery and bounces. */
  get mailConfigurationSet() {
    return required("MAIL_CONFIGURATION_SET");
  },
} as const;

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`The environment variable ${name} is not set on this function.`);
  }
  return value;
}
