import type { ButtonHTMLAttributes, JSX } from "preact";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { BrandMark } from "../shared/brand-mark.tsx";
import type { ConversationModel } from "../shared/conversation-model.ts";
import { fill } from "../shared/i18n.ts";
import { Icon, type IconName } from "../shared/icons.tsx";
import type { WidgetMessages } from "./languages.ts";
import "./panel-header.css";

/** Something that can be done, or `false` when it can't be done now. */
export type MenuItem =
  | false
  | {
      readonly label: string;
      /** For what can be switched on and off. */
      readonly isOn?: boolean;
      readonly onChoose: () => void;
    };

export interface PanelHeaderProps {
  readonly brand: Pick<PublicChatbot["brand"], "name" | "logoUrl">;
  readonly presence: { readonly text: string; readonly present: boolean };
  readonly texts: WidgetMessages;
  readonly menu: readonly MenuItem[];
  readonly onClose: () => void;
}

/** Whose chat this is, who is there, what else can be done, and the way out. */
export function PanelHeader({ brand, presence, texts, menu, onClose }: PanelHeaderProps): JSX.Element {
  const { name, logoUrl } = brand;
  const { text, present } = presence;
  const items = menu.filter((item) => item !== false);
  const button = (icon: IconName, label: string, attributes: ButtonHTMLAttributes) => (
    <button type="button" class="panel-header-button" aria-label={label} title={label} {...attributes}>
      <Icon name={icon} />
    </button>
  );
  return (
    <header class="panel-header">
      <BrandMark name={name} logoUrl={logoUrl} />
      <div class="panel-header-names">
        <h1 dir="auto">{name}</h1>
        <p>
          <span class={`panel-header-dot${present ? " is-present" : ""}`} />
          {text}
        </p>
      </div>
      {items.length > 0 && button("more", texts.menu, { popovertarget: "panel-menu" })}
      <div id="panel-menu" class="panel-menu" popover="auto">
        {items.map(({ label, isOn, onChoose }) => (
          <button key={label} type="button" popovertarget="panel-menu" aria-pressed={isOn} onClick={onChoose}>
            {label}
          </button>
        ))}
      </div>
      {button("close", texts.closeChat, { onClick: onClose })}
    </header>
  );
}

/** What the header says about who is there (A7). Before a conversation it is the AI that answers. */
export function presenceOf(
  model: Pick<ConversationModel, "state" | "isPresent">,
  chatbot: { readonly liveChat: Pick<PublicChatbot["liveChat"], "enabled"> },
  texts: WidgetMessages,
): { readonly text: string; readonly present: boolean } {
  const { status, assignee = "" } = model.state ?? {};
  const present = model.isPresent("team");
  if (status === undefined || !chatbot.liveChat.enabled || (status === "unrequested" && !present)) {
    return { text: texts.answersAtOnce, present: true };
  }
  const talks = status === "open" && assignee !== "" && model.isPresent("agent");
  return { text: talks ? fill(texts.talkingTo, { name: assignee }) : present ? texts.online : texts.away, present };
}
