import type { JSX } from "preact";
import { Dialog } from "../dialog.tsx";
import { useText } from "../text.ts";
import { useChanges } from "../use-changes.ts";
import type { Command, Commands } from "./commands.ts";
import { KeyCaps } from "./key-caps.tsx";
import "./keyboard.css";

/** All keys, and the switch for those of one letter. */
export function KeysDialog({
  commands,
  onClose,
}: {
  readonly commands: Commands;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useText();
  useChanges(commands);
  const withKeys = commands.all.filter(({ keys }) => keys !== undefined);
  const groups = [...new Set(withKeys.map(({ group }) => group))];
  return (
    <Dialog title={t("keyboardShortcuts")} onClose={onClose}>
      <label class="keys-switch">
        <input
          type="checkbox"
          role="switch"
          class="switch"
          checked={commands.singleKeys}
          aria-checked={commands.singleKeys}
          onChange={(event) => {
            commands.singleKeys = event.currentTarget.checked;
          }}
        />
        <span>
          {t("singleKeys")}
          <span class="card-note">{t("singleKeysHint")}</span>
        </span>
      </label>
      <div class="keys-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3 class="keys-group">{group}</h3>
            <dl class="keys-list">
              {withKeys
                .filter((each) => each.group === group)
                .map((command) => (
                  <KeyLine key={command.id} command={command} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function KeyLine({ command: { title, keys = "" } }: { readonly command: Command }): JSX.Element {
  return (
    <div class="keys-line">
      <dt>{title}</dt>
      <dd>
        <KeyCaps keys={keys} />
      </dd>
    </div>
  );
}
