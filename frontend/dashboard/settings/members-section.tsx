import { useEffect, useState } from "preact/hooks";
import type { Member } from "../../../lambdas/contracts/http.ts";
import { limits } from "../../../lambdas/contracts/limits.ts";
import type { Api } from "../../shared/api.ts";
import { ApiError } from "../../shared/api.ts";
import { useText } from "../text.ts";
import { Field, fieldId } from "./fields.tsx";
import { Section } from "./section.tsx";

interface MembersSectionProps {
  readonly api: Api;
  readonly chatbotId: string;
}

/** Who may see this chatbot. Changes here take effect at once; they are not part of the form above. */
export function MembersSection({ api, chatbotId }: MembersSectionProps) {
  const { t, number } = useText();
  const [members, setMembers] = useState<readonly Member[]>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState("");

  useEffect(() => {
    const gone = new AbortController();
    api.call("listMembers", { path: { chatbotId }, signal: gone.signal }).then(
      (reply) => setMembers(reply.members),
      (error: unknown) => {
        if (!gone.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => gone.abort();
  }, [api, chatbotId]);

  const act = async (agentId: string, run: () => Promise<void>): Promise<void> => {
    setBusy(agentId);
    setProblem("");
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    } finally {
      setBusy("");
    }
  };
  const changeRole = (member: Member, role: Member["role"]): Promise<void> =>
    act(member.agentId, async () => {
      const { email, name } = member;
      const reply = await api.call("inviteMember", { path: { chatbotId }, body: { email, name, role } });
      setMembers((before) => withMember(before, reply.member));
    });
  const remove = (member: Member): Promise<void> =>
    act(member.agentId, async () => {
      if (!confirm(t("removeMemberConfirm", { name: member.name }))) return;
      await api.call("removeMember", { path: { chatbotId, agentId: member.agentId } });
      setMembers((before) => before?.filter(({ agentId }) => agentId !== member.agentId));
    });

  return (
    <Section id="members" title={t("membersTitle")} lead={t("membersLead")}>
      {problem !== "" && (
        <p class="notice notice-bad" role="alert">
          {problem}
        </p>
      )}
      {members === undefined && problem === "" && <span class="bone bone-field" aria-hidden="true" />}
      {members !== undefined && (
        <ul class="members">
          {members.map((member) => (
            <li class="member" key={member.agentId}>
              <div class="member-who">
                <span class="member-name">{member.name}</span>
                <span class="member-email" dir="ltr">
                  {member.email}
                </span>
              </div>
              <select
                class="input member-role"
                aria-label={t("roleOf", { name: member.name })}
                disabled={busy !== ""}
                value={member.role}
                onChange={(event) => void changeRole(member, event.currentTarget.value === "owner" ? "owner" : "agent")}
              >
                <option value="agent">{t("role_agent")}</option>
                <option value="owner">{t("role_owner")}</option>
              </select>
              <button
                type="button"
                class="button button-plain button-small button-remove"
                disabled={busy !== ""}
                aria-label={t("removeMemberNamed", { name: member.name })}
                onClick={() => void remove(member)}
              >
                {t("removeMember")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {members !== undefined && members.length >= limits.membersPerChatbot ? (
        <p class="field-hint">{t("membersFull", { most: number(limits.membersPerChatbot) })}</p>
      ) : (
        <InviteForm
          api={api}
          chatbotId={chatbotId}
          onInvited={(member) => setMembers((before) => withMember(before, member))}
        />
      )}
    </Section>
  );
}

interface InviteFormProps extends MembersSectionProps {
  readonly onInvited: (member: Member) => void;
}

const nobody = { email: "", name: "", role: "agent" as Member["role"] };

function InviteForm({ api, chatbotId, onInvited }: InviteFormProps) {
  const { t } = useText();
  const [invitation, setInvitation] = useState(nobody);
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const [note, setNote] = useState<{ readonly text: string; readonly bad: boolean }>();
  const [sending, setSending] = useState(false);

  const invite = async (form: HTMLFormElement): Promise<void> => {
    const found = problemsIn(form, t("problemEmail"), t("problemName"));
    setErrors(found);
    setNote(undefined);
    if (found.size > 0) return;
    setSending(true);
    try {
      const { member } = await api.call("inviteMember", { path: { chatbotId }, body: invitation });
      onInvited(member);
      setInvitation(nobody);
      setNote({ text: t("invited", { email: member.email }), bad: false });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setErrors(new Map(error.fields.map(({ path, message }) => [path, message])));
      setNote({ text: error.message, bad: true });
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      class="invite"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void invite(event.currentTarget);
      }}
    >
      <h3 class="invite-title">{t("inviteTitle")}</h3>
      <div class="invite-fields">
        <Field path="invite.name" label={t("inviteName")} error={errors.get("name")}>
          <input
            id={fieldId("invite.name")}
            class="input"
            name="name"
            required
            maxLength={100}
            autoComplete="off"
            value={invitation.name}
            aria-invalid={errors.has("name")}
            onInput={(event) => setInvitation({ ...invitation, name: event.currentTarget.value })}
          />
        </Field>
        <Field path="invite.email" label={t("inviteEmail")} error={errors.get("email")}>
          <input
            id={fieldId("invite.email")}
            class="input"
            name="email"
            type="email"
            required
            maxLength={254}
            dir="ltr"
            autoComplete="off"
            value={invitation.email}
            aria-invalid={errors.has("email")}
            onInput={(event) => setInvitation({ ...invitation, email: event.currentTarget.value.trim() })}
          />
        </Field>
        <Field path="invite.role" label={t("inviteRole")}>
          <select
            id={fieldId("invite.role")}
            class="input"
            value={invitation.role}
            onChange={(event) =>
              setInvitation({ ...invitation, role: event.currentTarget.value === "owner" ? "owner" : "agent" })
            }
          >
            <option value="agent">{t("role_agent")}</option>
            <option value="owner">{t("role_owner")}</option>
          </select>
        </Field>
        <button type="submit" class="button button-plain" disabled={sending}>
          {t("invite")}
        </button>
      </div>
      <p class={note?.bad === true ? "field-error" : "field-hint"} role="status">
        {note?.text}
      </p>
    </form>
  );
}

/** The browser knows what an e-mail address is; the API has the last word. */
function problemsIn(form: HTMLFormElement, email: string, name: string): ReadonlyMap<string, string> {
  const words: Readonly<Record<string, string>> = { email, name };
  return new Map(
    [...form.querySelectorAll("input")]
      .filter((input) => !input.checkValidity())
      .map((input) => [input.name, words[input.name] ?? input.validationMessage]),
  );
}

function withMember(members: readonly Member[] | undefined, member: Member): readonly Member[] {
  const others = (members ?? []).filter(({ agentId }) => agentId !== member.agentId);
  return [...others, member].sort((one, other) => one.name.localeCompare(other.name));
}
