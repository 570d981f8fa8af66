import { PresenceDot } from "../../shared/presence-dot.tsx";
import { useText } from "../text.ts";
import "./avatar.css";

interface AvatarProps {
  readonly name: string;
  /** Anonymous visitors get a neutral picture instead of the initial that they all share. */
  readonly anonymous: boolean;
  readonly online: boolean;
}

/** The initial of a visitor, with the dot that says whether they are there. */
export function Avatar({ name, anonymous, online }: AvatarProps) {
  const { t } = useText();
  const [initial = "?"] = name;
  return (
    <span class={`avatar${anonymous ? " avatar-anonymous" : ""}`}>
      <span aria-hidden="true">{anonymous ? name.slice(-4) : initial.toUpperCase()}</span>
      <PresenceDot present={online} label={online ? t("online") : t("offline")} />
    </span>
  );
}
