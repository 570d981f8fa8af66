import type { ComponentChildren, JSX } from "preact";
import "./button.css";

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  /** @default "plain" */
  readonly kind?: "primary" | "plain" | "quiet" | "danger";
  readonly type?: "button" | "submit";
  readonly disabled?: boolean;
  /** For a button that shows only an icon. */
  readonly label?: string;
  readonly expanded?: boolean;
}

export function Button(props: ButtonProps): JSX.Element {
  const { kind = "plain", type = "button", disabled = false, label, children, onClick, expanded } = props;
  return (
    <button
      class={`button button-${kind}${label === undefined ? "" : " button-icon"}`}
      type={type}
      disabled={disabled}
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
