/**
 * The shape of the one table: what the stack declares and the store relies on. What the keys hold is spelled in
 * `store/keys.ts` alone.
 */
export const table = {
  partitionKey: "pk",
  sortKey: "sk",
  /** Seconds since the epoch. Rows may stay readable for days after it: readers check expiry themselves. */
  timeToLive: "expiresAt",
  /** Lists conversations by chatbot and status, sorted by activity. Keys only: nothing in it changes with a message. */
  inboxIndex: { name: "inbox", partitionKey: "inboxPk", sortKey: "inboxSk" },
  /** Only outbox items have this attribute: the stream's filter lets nothing else pass. */
  outboxType: "outboxType",
} as const;
