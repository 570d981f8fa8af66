import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Lead } from "../../contracts/http.ts";
import type { ConversationStore } from "../conversations.ts";
import { displayNameOf } from "../head.ts";
import { conversationKeys as keys } from "../keys.ts";
import type { TableAccess } from "./table-access.ts";
import { Update } from "./update.ts";

/** Who the visitor is, as the owner's server proved it. */
export function createIdentity(access: TableAccess): Pick<ConversationStore, "identify"> {
  return {
    async identify(ref, verified, lead) {
      const update = new Update().exists("pk").set("verified", verified);
      const subject = update.path("verified", "subject");
      update.when(
        `(attribute_not_exists(${update.path("verified")}) OR ${subject} = ${update.value(verified.subject)})`,
      );
      for (const [field, value] of Object.entries(lead)) if (value !== undefined) update.set(["lead", field], value);
      try {
        const { Attributes } = await access.client.send(
          new UpdateCommand({
            TableName: access.TableName,
            Key: keys.visitor(ref),
            ...update.expression(),
            ReturnValues: "ALL_NEW",
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        const saved = (Attributes?.lead ?? {}) as Lead;
        const displayName = displayNameOf(saved);
        if (displayName !== undefined) await access.updateHead(ref, new Update().set("dn", displayName).exists("pk"));
        return { kind: "identified", lead: saved };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const item: Record<string, AttributeValue> | undefined = error.Item;
        return item === undefined ? { kind: "not_found" } : { kind: "another" };
      }
    },
  };
}
