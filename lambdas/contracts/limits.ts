/** Limits of inputs. Every one is checked before anything is written. */
export const limits = {
  /** Characters of one message. */
  messageLength: 4_000,
  /** Characters of a client's id of a message. */
  clientIdLength: 36,
  /** Entries that one sync returns at most; `complete: false` tells to ask again. */
  entriesPerSync: 100,
  /** Conversations that one page of the inbox holds at most. */
  inboxPage: 50,
  /** Longest date range of one inbox query, days. */
  inboxDays: 366,
  /** Bytes of one socket message that we accept; API Gateway cuts off at 128 kB, a frame at 32 kB. */
  socketMessageBytes: 32_000,
  /** Bytes of one HTTP body that we accept. */
  httpBodyBytes: 64_000,
  /** Open sockets that one conversation carries: more would grow its head past 1 kB. */
  connectionsPerConversation: 8,
  notificationAddresses: 10,
  membersPerChatbot: 200,
} as const;
