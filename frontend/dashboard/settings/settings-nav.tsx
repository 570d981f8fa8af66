import type { Membership } from "../../../lambdas/contracts/http.ts";
import { Link, navigate } from "../navigation.tsx";
import { settingsHref } from "../routes.ts";
import { useText } from "../text.ts";
import "./settings-nav.css";
import { type SectionId, type SettingsSection, settingsSections } from "./settings-sections.ts";

interface SettingsNavProps {
  readonly membership: Membership;
  readonly current: SectionId;
  /** Pages with changes that are not saved. */
  readonly changed: ReadonlySet<SectionId>;
  /** Pages with something that can't be saved as it is. */
  readonly wrong: ReadonlySet<SectionId>;
}

/** The pages of the settings: a column beside them, and on a phone a list to choose from above them. */
export function SettingsNav({ membership, current, changed, wrong }: SettingsNavProps) {
  const { t } = useText();
  const { chatbotId, role } = membership;
  const visible = settingsSections.filter((section) => role === "owner" || section.for === "agent");
  const groups = [...new Set(visible.map(({ group }) => group))].map((group) => ({
    group,
    sections: visible.filter((section) => section.group === group),
  }));
  return (
    <nav class="settings-nav" aria-label={t("settingsContents")}>
      <select
        class="input settings-nav-select"
        aria-label={t("settingsContents")}
        value={current}
        onChange={(event) => {
          const { currentTarget: select } = event;
          navigate(settingsHref(chatbotId, select.value as SectionId));
          // Who stays because of unsaved changes sees where they are.
          select.value = current;
        }}
      >
        {groups.map(({ group, sections }) => (
          <optgroup key={group} label={t(group)}>
            {sections.map(({ id, title }) => (
              <option key={id} value={id}>
                {t(title)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {groups.map(({ group, sections }) => (
        <div class="settings-nav-group" key={group}>
          <h2 class="settings-nav-heading" id={`nav-${group}`}>
            {t(group)}
          </h2>
          <ul aria-labelledby={`nav-${group}`}>
            {sections.map((section) => (
              <li key={section.id}>
                <NavLink chatbotId={chatbotId} section={section} {...{ current, changed, wrong }} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface NavLinkProps extends Omit<SettingsNavProps, "membership"> {
  readonly chatbotId: string;
  readonly section: SettingsSection;
}

function NavLink({ chatbotId, section, current, changed, wrong }: NavLinkProps) {
  const { t } = useText();
  const mark = wrong.has(section.id) ? "wrong" : changed.has(section.id) ? "changed" : undefined;
  return (
    <Link
      class="settings-nav-link"
      href={settingsHref(chatbotId, section.id)}
      aria-current={section.id === current ? "page" : undefined}
    >
      {t(section.title)}
      {mark !== undefined && (
        <span class={`settings-nav-mark settings-nav-${mark}`}>
          <span class="visually-hidden">{t(mark === "wrong" ? "navWrong" : "navChanged")}</span>
        </span>
      )}
    </Link>
  );
}
