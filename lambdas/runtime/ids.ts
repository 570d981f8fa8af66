import { randomBytes, randomInt } from "node:crypto";

/** Sources of what nobody may guess; tests pass their own. */
export interface Ids {
  /** 24 URL-safe characters, 144 random bits: for conversations, visitors, links, tickets and entries. */
  newId(): string;
  /** A number to say on the phone, `7KQ4-M2TX`: 38 random bits without characters that look or sound alike. */
  newReference(): string;
}

export const randomIds: Ids = {
  newId: () => randomBytes(18).toString("base64url"),
  newReference() {
    const characters = Array.from({ length: 8 }, () => unambiguous[randomInt(unambiguous.length)]).join("");
    return `${characters.slice(0, 4)}-${characters.slice(4)}`;
  },
};

/** No 0/O, 1/I/L, 8/B or 5/S. */
const unambiguous = "234679ACDEFGHJKMNPQRTUVWXYZ";
