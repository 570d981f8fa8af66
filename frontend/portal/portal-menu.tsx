import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../shared/icons.tsx";
import "./portal-menu.css";

const id = "portal-menu";

interface PortalMenuProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** What can be done besides writing; drawn anew each time it opens. The browser closes it on Escape, on a press outside, and gives the focus back. */
export function PortalMenu({ label, children }: PortalMenuProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" class="button button-quiet button-icon" aria-label={label} title={label} popovertarget={id}>
        <Icon name="more" />
      </button>
      <div id={id} class="portal-menu" popover="auto" onBeforeToggle={(event) => setIsOpen(event.newState === "open")}>
        {isOpen && children}
      </div>
    </>
  );
}

interface MenuItemProps {
  readonly onChoose: () => void;
  readonly disabled?: boolean;
  readonly isDangerous?: boolean;
  readonly children: ComponentChildren;
}

/** Closes the menu when it is chosen. */
export function MenuItem({ onChoose, disabled = false, isDangerous = false, children }: MenuItemProps): JSX.Element {
  return (
    <button
      type="button"
      class={`portal-menu-item${isDangerous ? " is-dangerous" : ""}`}
      disabled={disabled}
      popovertarget={id}
      popovertargetaction="hide"
      onClick={onChoose}
    >
      {children}
    </button>
  );
}
