/** The one place everything pretends to be in. */
export const region = "eu-west-1";
export const account = "000000000000";

/** `arn("sqs", "Jobs")` → `arn:aws:sqs:eu-west-1:000000000000:Jobs`. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** The ARN as IAM and STS name a function's role session. */
export function sessionArn(role: string, session: string): string {
  return `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
}

/** The name at the end of a queue's name, ARN or URL, a bus's name or ARN, and the like. */
export function lastName(nameOrArnOrUrl: string): string {
  return nameOrArnOrUrl.slice(Math.max(nameOrArnOrUrl.lastIndexOf(":"), nameOrArnOrUrl.lastIndexOf("/")) + 1);
}

/** The function's name in a name, an ARN (with or without qualifier) or an API Gateway integration URI. */
export function functionName(target: string): string {
  return /:function:([A-Za-z0-9_-]+)/.exec(target)?.[1] ?? target;
}
