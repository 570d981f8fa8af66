import {
  AdminCreateUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";

/** The people who can log in. Nobody signs up: whoever is here was invited. */
export interface UserDirectory {
  /**
   * Finds the user of an address, or makes one, who then gets the invitation mail with a temporary password.
   *
   * @returns the `sub` that the user's tokens carry.
   */
  findOrInvite(email: string, name: string): Promise<string>;
}

/** Cognito user pool with `email` as the sign-in name. Addresses are compared without regard to case. */
export function createUserDirectory(client: CognitoIdentityProviderClient, userPoolId: string): UserDirectory {
  async function find(email: string): Promise<string | undefined> {
    // The filter is a quoted string: what could end it is escaped ("ListUsers", Filter).
    const quoted = email.replace(/[\\"]/g, (character) => `\\${character}`);
    const { Users: users = [] } = await client.send(
      new ListUsersCommand({ UserPoolId: userPoolId, Filter: `email = "${quoted}"`, Limit: 1 }),
    );
    return subOf(users[0]?.Attributes);
  }

  return {
    async findOrInvite(address, name) {
      const email = address.toLowerCase();
      const known = await find(email);
      if (known !== undefined) return known;
      try {
        const { User: user } = await client.send(
          new AdminCreateUserCommand({
            UserPoolId: userPoolId,
            Username: email,
            DesiredDeliveryMediums: ["EMAIL"],
            UserAttributes: [
              { Name: "email", Value: email },
              { Name: "email_verified", Value: "true" },
              { Name: "name", Value: name },
            ],
          }),
        );
        const created = subOf(user?.Attributes);
        if (created !== undefined) return created;
      } catch (error) {
        // Somebody else invited the same address between our look and our write.
        if (!(error instanceof UsernameExistsException)) throw error;
      }
      const invited = await find(email);
      if (invited === undefined) throw new Error("The user pool has the user but does not list it.");
      return invited;
    },
  };
}

function subOf(attributes: readonly AttributeType[] = []): string | undefined {
  return attributes.find((each) => each.Name === "sub")?.Value;
}
