import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { BrandMark } from "../shared/brand-mark.tsx";
import type { ConversationModel } from "../shared/conversation-model.ts";
import type { Language, Messages } from "../shared/i18n.ts";
import { Icon } from "../shared/icons.tsx";
import "./panel-header.css";

export interface MenuItem {
  readonly label: string;
  readonly onChoose: () => void;
}

export interface PanelHeaderProps {
  readonly chatbot: PublicChatbot;
  readonly model: ConversationModel;
  readonly language: Language;
  readonly menu: readonly MenuItem[];
  readonly onClose: () => void;
}

/** Whose chat this is, who is there, and the way out. */
export function PanelHeader({ chatbot, model, language, menu, onClose }: PanelHeaderProps): JSX.Element {
  const { t } = language;
  const { text, name, present } = presenceOf(model, chatbot);
  return (
    <header class="panel-header">
      <BrandMark name={chatbot.brand.name} logoUrl={chatbot.brand.logoUrl} />
      <div class="panel-header-names">
        <h1>
          <bdi>{chatbot.brand.name}</bdi>
        </h1>
        <p>
          <span class={`panel-header-dot${present ? " is-present" : ""}`} aria-hidden="true" />
          {t(text, { name })}
        </p>
      </div>
      {menu.length > 0 && <Menu label={t("menu")} items={menu} />}
      <button
        type="button"
        class="panel-header-button"
        aria-label={t("closeChat")}
        title={t("closeChat")}
        onClick={onClose}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}

/** What the header says about who is there (A7). Before a conversation it is the AI that answers. */
export function presenceOf(
  model: Pick<ConversationModel, "state" | "isPresent">,
  chatbot: Pick<PublicChatbot, "liveChat">,
): { readonly text: keyof Messages; readonly name: string; readonly present: boolean } {
  const { state } = model;
  const name = state?.assignee ?? "";
  if (state === undefined || !chatbot.liveChat.enabled) return { text: "answersAtOnce", name, present: true };
  if (state.status === "open" && name !== "" && model.isPresent("agent"))
    return { text: "talkingTo", name, present: true };
  const team = model.isPresent("team");
  if (state.status === "unrequested" && !team) return { text: "answersAtOnce", name, present: true };
  return { text: team ? "online" : "away", name, present: team };
}

function Menu({ label, items }: { readonly label: string; readonly items: readonly MenuItem[] }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    box.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const choices = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = choices.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
      box.current?.querySelector("button")?.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choices.at((at + (event.key === "ArrowDown" ? 1 : -1)) % choices.length)?.focus();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the buttons inside
    <div class="panel-menu" ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="panel-header-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div class="panel-menu-items" role="menu">
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              onClick={() => {
                setOpen(false);
                item.onChoose();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
