import { asObject, parseObject } from "../json.ts";
import type { AwsCall, AwsReply, AwsService, CloudContext, Need, Resource } from "../service.ts";
import type { PoolUser, PoolUsers } from "./cognito-users.ts";

/** An error as the Amazon Cognito API names it. */
class CognitoError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const largestPage = 60;

/** The administrators' side of the user pools API: create, get, list and delete users. */
export class CognitoService implements AwsService {
  readonly scope = "cognito-idp";
  readonly #context: CloudContext;
  readonly #users: PoolUsers;

  constructor(context: CloudContext, users: PoolUsers) {
    this.#context = context;
    this.#users = users;
  }

  needs(call: AwsCall): readonly Need[] {
    const { region, account } = this.#context;
    const poolId = String(inputOf(call).UserPoolId ?? "");
    const resource = `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`;
    return [{ action: `cognito-idp:${operationOf(call)}`, resource }];
  }

  async handle(call: AwsCall): Promise<AwsReply> {
    try {
      const input = inputOf(call);
      const poolId = String(input.UserPoolId ?? "");
      if (!this.#users.has(poolId)) {
        throw new CognitoError("ResourceNotFoundException", `User pool ${poolId} does not exist.`);
      }
      return ok(this.#run(operationOf(call), poolId, input));
    } catch (error) {
      if (error instanceof CognitoError) return this.error(400, error.code, error.message);
      throw error;
    }
  }

  #run(operation: string, poolId: string, input: Readonly<Record<string, unknown>>): unknown {
    switch (operation) {
      case "AdminCreateUser":
        return { User: describe(this.#create(poolId, input), "Attributes") };
      case "AdminGetUser":
        return describe(this.#existing(poolId, input), "UserAttributes");
      case "AdminDeleteUser":
        this.#users.delete(poolId, this.#existing(poolId, input));
        return undefined;
      case "ListUsers":
        return this.#list(poolId, input);
      default:
        throw new CognitoError("UnknownOperationException", `${operation} does not run here.`);
    }
  }

  #create(poolId: string, input: Readonly<Record<string, unknown>>): PoolUser {
    const username = String(input.Username ?? "").trim();
    if (!username) throw new CognitoError("InvalidParameterException", "Username is missing.");
    const pool = this.#pool(poolId);
    if (pool.properties.UsernameAttributes?.includes("email") && !/^[^\s@]+@[^\s@]+$/.test(username)) {
      throw new CognitoError("InvalidParameterException", "Username should be an email.");
    }
    const attributes = Object.fromEntries(
      ((input.UserAttributes ?? []) as Array<{ Name: string; Value?: string }>).map((one) => [
        one.Name,
        one.Value ?? "",
      ]),
    );
    if (this.#users.find(poolId, username)) {
      throw new CognitoError("UsernameExistsException", "User account already exists");
    }
    return this.#users.create(pool, poolId, username, attributes, "FORCE_CHANGE_PASSWORD");
  }

  #existing(poolId: string, input: Readonly<Record<string, unknown>>): PoolUser {
    const user = this.#users.find(poolId, String(input.Username ?? ""));
    if (!user) throw new CognitoError("UserNotFoundException", "User does not exist.");
    return user;
  }

  #list(poolId: string, input: Readonly<Record<string, unknown>>): unknown {
    const wanted = userFilter(String(input.Filter ?? ""));
    const start = Number(input.PaginationToken ?? 0);
    const limit = Math.min(Number(input.Limit ?? largestPage), largestPage);
    const found = this.#users.list(poolId).filter(wanted);
    return {
      Users: found.slice(start, start + limit).map((user) => describe(user, "Attributes")),
      ...(start + limit < found.length && { PaginationToken: String(start + limit) }),
    };
  }

  #pool(poolId: string): Resource {
    const { template } = this.#context;
    const pools = template.ofType("AWS::Cognito::UserPool");
    return pools.find((one) => template.resolve({ Ref: one.logicalId }) === poolId) as Resource;
  }

  error(status: number, code: string, message: string): AwsReply {
    return {
      status,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code },
      body: JSON.stringify({ __type: code, message }),
    };
  }
}

function operationOf(call: AwsCall): string {
  return call.headers["x-amz-target"]?.split(".")[1] ?? "";
}

function inputOf(call: AwsCall) {
  return asObject(parseObject(call.body.toString("utf8")));
}

function ok(output: unknown): AwsReply {
  const headers = { "content-type": "application/x-amz-json-1.1" };
  return { status: 200, headers, body: output === undefined ? "" : JSON.stringify(output) };
}

function describe(user: PoolUser, attributesAs: "Attributes" | "UserAttributes") {
  const attributes = Object.entries({ ...user.attributes, sub: user.sub });
  return {
    Username: user.username,
    [attributesAs]: attributes.map(([Name, Value]) => ({ Name, Value })),
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.createdAt / 1000,
    Enabled: true,
    UserStatus: user.status,
  };
}

/** `attribute = "value"` and `attribute ^= "prefix"` ("ListUsers"). */
function userFilter(filter: string): (user: PoolUser) => boolean {
  if (filter.trim() === "") return () => true;
  const [, name = "", operator, quoted = ""] =
    /^\s*"?([\w:.]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  if (!operator) throw new CognitoError("InvalidParameterException", `Error while parsing filter: ${filter}`);
  const value = quoted.replace(/\\(.)/g, "$1");
  return (user) => {
    const actual = name === "username" ? user.username : { ...user.attributes, sub: user.sub }[name];
    return operator === "=" ? actual === value : actual?.startsWith(value) === true;
  };
}
