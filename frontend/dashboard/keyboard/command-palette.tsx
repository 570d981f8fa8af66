import type { JSX } from "preact";
import { ChoiceList } from "../choice-list.tsx";
import { Dialog } from "../dialog.tsx";
import { useText } from "../text.ts";
import type { Command, Commands } from "./commands.ts";
import { KeyCaps } from "./key-caps.tsx";
import "./keyboard.css";
import { ranked } from "./palette-ranking.ts";

/** Everything that can be done from here, by name. */
export function CommandPalette({
  commands,
  onClose,
}: {
  readonly commands: Commands;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useText();
  const find = (text: string): readonly Command[] => {
    const { all } = commands;
    if (text.trim() !== "") return ranked(all, ({ title }) => title, text);
    const groups = [...new Set(all.map(({ group }) => group))];
    return all
      .filter(({ quiet = false }) => !quiet)
      .sort((one, other) => groups.indexOf(one.group) - groups.indexOf(other.group));
  };
  return (
    <Dialog title={t("commandPalette")} bare onClose={onClose}>
      <ChoiceList<Command>
        label={t("commandPalette")}
        placeholder={t("palettePlaceholder")}
        find={find}
        keyOf={({ id }) => id}
        groupOf={({ group }, text) => (text === "" ? group : undefined)}
        empty={t("noCommand")}
        countText={(count) => t("optionCount", { count })}
        onChoose={(command) => {
          onClose();
          // The dialog gives the focus back first; what the command focuses comes after.
          setTimeout(command.run, 0);
        }}
        draw={({ title, keys }) => (
          <>
            <span class="choices-text" dir="auto">
              {title}
            </span>
            {keys !== undefined && <KeyCaps keys={keys} />}
          </>
        )}
      />
    </Dialog>
  );
}
