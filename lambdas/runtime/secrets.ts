import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** A secret of the account, read once per sandbox and again when it may have been rotated. */
export interface CachedSecret {
  /** The value, read at most once in the life of the sandbox; a failed read is not kept. */
  read(): Promise<string>;
  /** For a caller that met something the value can't explain: reads again, but at most once a minute. */
  readAgain(): Promise<string>;
}

const rereadAfterMs = 60_000;

export function cachedSecret(client: SecretsManagerClient, arn: string, now: () => number): CachedSecret {
  let cached: { readonly value: Promise<string>; readonly at: number } | undefined;

  function read(): Promise<string> {
    if (cached !== undefined) return cached.value;
    const value = fetchSecret(client, arn);
    const entry = { value, at: now() };
    cached = entry;
    value.catch(() => {
      if (cached === entry) cached = undefined;
    });
    return value;
  }

  return {
    read,
    readAgain() {
      if (cached !== undefined && now() - cached.at >= rereadAfterMs) cached = undefined;
      return read();
    },
  };
}

async function fetchSecret(client: SecretsManagerClient, arn: string): Promise<string> {
  const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (value === undefined || value === "") throw new Error("The secret has no text value.");
  return value;
}
