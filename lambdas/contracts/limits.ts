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
  /** Files of one message. */
  attachmentsPerMessage: 5,
  /** Bytes of one file. */
  attachmentBytes: 10 * 1024 * 1024,
  /** Files of one conversation, sent or not. */
  filesPerConversation: 100,
  /** Files that a visitor may have announced and not sent. */
  unsentFiles: 20,
  /** Characters of the comment of a rating. */
  ratingComment: 1_000,
  /** Canned replies of a chatbot. */
  cannedReplies: 500,
  /** Knowledge entries of a chatbot, and characters of one. */
  knowledgeEntries: 2_000,
  knowledgeText: 20_000,
  /** Push subscriptions of one agent, one per browser. */
  pushDevices: 10,
  notificationAddresses: 10,
  membersPerChatbot: 200,
} as const;

/** What may be attached. Nothing that a browser would run: no HTML, no SVG, no scripts. */
export const attachmentTypes = [
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "application/pdf",
  "text/plain",
  "text/csv",
  "application/zip",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
] as const;
