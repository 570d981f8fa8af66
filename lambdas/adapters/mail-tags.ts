/** A line of the notification ledger. */
export interface NotificationRef {
  readonly chatbotId: string;
  readonly conversationId: string;
  readonly notificationId: string;
}

const names = ["chatbotId", "conversationId", "notificationId"] as const satisfies readonly (keyof NotificationRef)[];

/** Characters of a value ("MessageTag", SES API reference). */
const longest = 256;

/** SES message tags that name a line of the ledger. @throws Error when an id is too long for one. */
export function tagsOf(notification: NotificationRef): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => {
      const value = encode(notification[name]);
      if (value.length > longest) throw new Error(`The ${name} is too long for a message tag.`);
      return [name, value];
    }),
  );
}

/** Reads them back from an event. `undefined` for a mail that has other tags, or none. */
export function notificationOf(
  tags: Readonly<Record<string, readonly string[] | undefined>>,
): NotificationRef | undefined {
  const values = names.map((name) => decode(Object.hasOwn(tags, name) ? tags[name]?.[0] : undefined));
  const [chatbotId, conversationId, notificationId] = values;
  if (chatbotId === undefined || conversationId === undefined || notificationId === undefined) return undefined;
  return { chatbotId, conversationId, notificationId };
}

/** A tag holds letters, digits, `_` and `-` only: `:` becomes `_3A`, and `_` itself `_5F`. */
function encode(value: string): string {
  return value.replace(/[^A-Za-z0-9-]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `_${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}

function decode(value: string | undefined): string | undefined {
  if (value === undefined || !/^(?:[A-Za-z0-9-]|_[0-9A-F]{2})+$/.test(value)) return undefined;
  const escaped = value.replaceAll("_", "%");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
