import type { ComponentChildren, JSX } from "preact";
import type { ConnectionStatus } from "./connection.ts";
import { MessageList, type MessageListProps } from "./message-list.tsx";
import "./conversation-view.css";

export interface ConversationViewProps extends Omit<MessageListProps, "canSend" | "isShown"> {
  /** Undefined while there is nothing to be connected to. */
  readonly status: ConnectionStatus | undefined;
  /** False while the view is on the page but nobody can see it. @default true */
  readonly isShown?: boolean;
  /** Under the messages: the composer, and what has to be said or decided before writing. */
  readonly children: ComponentChildren;
}

/**
 * A conversation, for the widget, the portals and the dashboard. Fills its flex parent, which draws it again when the
 * model changes (`useModel`).
 */
export function ConversationView({ isShown = true, ...props }: ConversationViewProps): JSX.Element {
  const { model, status } = props;
  const { texts } = props.language;
  const offline = status === "offline";
  const connecting = status === "connecting";
  return (
    <div class="conversation-view">
      {(offline || (connecting && model.synced)) && (
        <p class={`conversation-view-banner is-${status}`} role="status">
          {offline ? texts.noConnection : texts.connecting}
        </p>
      )}
      <MessageList {...props} canSend={!offline && !connecting} isShown={isShown} />
      {model.refusal !== undefined && (
        <p class="conversation-view-refusal" role="alert">
          {model.refusal}
        </p>
      )}
      {props.children}
    </div>
  );
}
