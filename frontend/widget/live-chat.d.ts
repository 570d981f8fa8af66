/**
 * The API of the chat widget, as `/widget.js` puts it on a page. `docs/widget.md` describes it with examples.
 *
 * Published as `/widget.d.ts` beside the script: save it in a project, or refer to it where addresses can be referred to.
 */

/** What the visitor left. Absent fields stay as they are. */
interface LiveChatLead {
  /** At most 100 characters. */
  readonly name?: string;
  readonly email?: string;
  /** Such as `+49 30 1234567`. */
  readonly phone?: string;
  /** At most 1,000 characters. */
  readonly notes?: string;
}

/** What happens, with what its listeners are told. */
interface LiveChatEvents {
  /** The panel is there. Not before the visitor shows intent: pointing at the button, focusing or opening it. */
  readonly ready: undefined;
  readonly open: undefined;
  readonly close: undefined;
  /** How many messages the visitor has not read; 0 while the panel is open. */
  readonly unread: number;
  /** A message has arrived, from an agent or from the AI. */
  readonly message: { readonly from: "agent" | "bot" };
  /** A person was asked for. */
  readonly escalated: { readonly reference: string };
  /** Either side has ended the conversation. */
  readonly ended: undefined;
}

type LiveChatListener<Event extends keyof LiveChatEvents> = (detail: LiveChatEvents[Event]) => void;

interface LiveChat {
  /** `shutdown` removes the widget from the page and forgets the visitor on this device, after a logout for instance. */
  (command: "open" | "close" | "shutdown"): void;
  /** Proves who the visitor is, by a token that your server has signed with the identity secret of the chatbot (HS256). */
  (command: "identify", proof: { readonly jwt: string }): void;
  /** Says how the visitor can be reached. Kept until there is a conversation. */
  (command: "lead", lead: LiveChatLead): void;
  /**
   * Says where the visitor is now; for conversations that begin afterwards. A change of the page's address is noticed
   * without it: this is for an application whose address says less than it could.
   *
   * @param url absolute. @default the page's address
   */
  (command: "page", url?: string): void;
  <Event extends keyof LiveChatEvents>(command: "on" | "off", event: Event, listener: LiveChatListener<Event>): void;
  /** Calls from before the script has arrived. */
  q?: Iterable<unknown>[];
}

interface Window {
  LiveChat: LiveChat;
}

declare const LiveChat: LiveChat;
