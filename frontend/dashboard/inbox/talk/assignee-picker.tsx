import type { JSX } from "preact";
import { PresenceDot } from "../../../shared/presence-dot.tsx";
import { ChoiceList } from "../../choice-list.tsx";
import { Glyph } from "../../glyph.tsx";
import { Popover } from "../../popover.tsx";
import { useText } from "../../text.ts";
import type { Desk, TeamMember } from "../desk.ts";

interface AssigneePickerProps {
  readonly desk: Desk;
  /** Name of whom the conversation belongs to. */
  readonly assignee: string | undefined;
  readonly assigneeId: string | undefined;
  readonly busy: boolean;
  /** Changes when the picker should open. */
  readonly openKey: number;
  readonly onAssign: (agentId: string | null) => void;
}

type Option = { readonly kind: "member"; readonly member: TeamMember } | { readonly kind: "nobody" };

/** Whose conversation it is, and a list of the team to give it to: oneself first, then those who are there. */
export function AssigneePicker(props: AssigneePickerProps): JSX.Element {
  const { desk, assignee, assigneeId, busy, openKey, onAssign } = props;
  const { t, locale } = useText();
  const nameOf = ({ agentId, name }: TeamMember) => (agentId === desk.me ? t("assignToMe", { name }) : name);
  const find = (text: string): readonly Option[] => {
    const wanted = text.trim().toLocaleLowerCase(locale);
    const members = [...desk.team]
      .filter((member) => nameOf(member).toLocaleLowerCase(locale).includes(wanted))
      .sort(
        (one, other) =>
          Number(other.agentId === desk.me) - Number(one.agentId === desk.me) ||
          Number(desk.isPresent(other)) - Number(desk.isPresent(one)) ||
          one.name.localeCompare(other.name, locale),
      )
      .map((member) => ({ kind: "member" as const, member }));
    return assignee !== undefined && wanted === "" ? [...members, { kind: "nobody" }] : members;
  };
  return (
    <Popover
      buttonClass="assignee-button"
      button={
        <>
          <Glyph name="person" size={15} />
          <span class="visually-hidden">{t("assignee")}: </span>
          <bdi class="assignee-name">{assignee ?? t("holder_nobody")}</bdi>
          <Glyph name="chevron" size={14} />
        </>
      }
      openKey={openKey}
      keys="a"
    >
      {(close) => (
        <ChoiceList<Option>
          label={t("assignTo")}
          placeholder={t("assignTo")}
          find={find}
          keyOf={(option) => (option.kind === "member" ? option.member.agentId : "nobody")}
          empty={t("nobodyFound")}
          countText={(count) => t("optionCount", { count })}
          onChoose={(option) => {
            close();
            const chosen = option.kind === "member" ? option.member.agentId : null;
            if (!busy && chosen !== (assigneeId ?? null)) onAssign(chosen);
          }}
          draw={(option) =>
            option.kind === "nobody" ? (
              <>
                <Glyph name="close" size={16} />
                <span class="choices-text">{t("holder_nobody")}</span>
              </>
            ) : (
              <>
                <PresenceDot
                  present={desk.isPresent(option.member)}
                  label={desk.isPresent(option.member) ? t("online") : t("offline")}
                />
                <bdi class="choices-text">{nameOf(option.member)}</bdi>
                {option.member.agentId === assigneeId && <Glyph name="check" size={16} />}
              </>
            )
          }
        />
      )}
    </Popover>
  );
}
