import { useState } from "preact/hooks";
import type { LinkView } from "../../../../lambdas/contracts/http.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { fullTime } from "../../../shared/time.ts";
import { ConfirmButton } from "../../confirm-button.tsx";
import { CopyButton } from "../../copy-button.tsx";
import { useText } from "../../text.ts";
import { Card } from "./card.tsx";

interface PortalLinksProps {
  readonly api: Api;
  readonly path: { readonly chatbotId: string; readonly conversationId: string };
  readonly links: readonly LinkView[];
  readonly onChanged: () => void;
}

/** The links that open this conversation without login: make, copy, replace, revoke. */
export function PortalLinks({ api, path, links, onChanged }: PortalLinksProps) {
  const { t } = useText();
  const [creating, setCreating] = useState(false);
  const [fresh, setFresh] = useState<{ readonly linkId: string; readonly url: string }>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const act = async (run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      await run();
      onChanged();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  };
  const create = (role: LinkView["role"], recipient: string): Promise<void> =>
    act(async () => {
      const { link, url } = await api.call("createLink", { path, body: { role, recipient } });
      setFresh({ linkId: link.linkId, url });
      setCreating(false);
    });
  const rotate = ({ linkId }: LinkView): Promise<void> =>
    act(async () => {
      const { link, url } = await api.call("rotateLink", { path: { ...path, linkId }, body: {} });
      setFresh({ linkId: link.linkId, url });
    });
  const revoke = ({ linkId }: LinkView): Promise<void> =>
    act(async () => {
      await api.call("revokeLink", { path: { ...path, linkId } });
      if (fresh?.linkId === linkId) setFresh(undefined);
    });

  const usableFirst = [...links].sort(
    (one, other) => Number(isUsable(other)) - Number(isUsable(one)) || other.createdAt - one.createdAt,
  );
  return (
    <Card
      title={t("portalLinks")}
      name="links"
      action={
        !creating && (
          <button
            type="button"
            class="button button-plain button-small"
            disabled={busy}
            onClick={() => setCreating(true)}
          >
            {t("createLink")}
          </button>
        )
      }
    >
      <p class="card-note">{t("portalLinksText")}</p>
      {problem !== "" && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      {creating && <CreateForm busy={busy} onCreate={create} onCancel={() => setCreating(false)} />}
      {fresh !== undefined && (
        <div class="fresh-link" role="status">
          <p>{t("newLink")}</p>
          <div class="fresh-link-row">
            <input
              class="input input-small input-code"
              readOnly
              dir="ltr"
              value={fresh.url}
              aria-label={t("portalLinks")}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton text={fresh.url} />
          </div>
        </div>
      )}
      {links.length === 0 && !creating && <p class="card-empty">{t("noLinks")}</p>}
      <ul class="links">
        {usableFirst.map((link) => (
          <LinkLine key={link.linkId} link={link} busy={busy} onRotate={rotate} onRevoke={revoke} />
        ))}
      </ul>
    </Card>
  );
}

interface LinkLineProps {
  readonly link: LinkView;
  readonly busy: boolean;
  readonly onRotate: (link: LinkView) => Promise<void>;
  readonly onRevoke: (link: LinkView) => Promise<void>;
}

function LinkLine({ link, busy, onRotate, onRevoke }: LinkLineProps) {
  const { t, locale, number } = useText();
  const { recipient } = link;
  const usable = isUsable(link);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const standing =
    link.revokedAt !== undefined
      ? t("linkRevoked")
      : usable
        ? t("linkExpires", { date: day.format(link.expiresAt) })
        : t("linkExpired");
  return (
    <li class={`link-line${usable ? "" : " link-line-over"}`}>
      <div class="link-who">
        <bdi class="link-recipient" title={recipient}>
          {recipient}
        </bdi>
        <span class="chip">{t(`linkFor_${link.role}`)}</span>
      </div>
      <p
        class="link-standing"
        title={link.lastOpenedAt === undefined ? undefined : fullTime(locale, link.lastOpenedAt)}
      >
        {standing} · {link.opened === 0 ? t("linkNeverOpened") : t("linkOpened", { count: number(link.opened) })}
      </p>
      {usable && (
        <div class="link-actions">
          <ConfirmButton
            class="button button-plain button-small"
            question={t("rotateConfirm", { recipient })}
            confirmLabel={t("rotate")}
            disabled={busy}
            onConfirm={() => void onRotate(link)}
          >
            {t("rotate")}
          </ConfirmButton>
          <ConfirmButton
            class="button button-plain button-small button-remove"
            question={t("revokeConfirm", { recipient })}
            confirmLabel={t("revoke")}
            disabled={busy}
            onConfirm={() => void onRevoke(link)}
          >
            {t("revoke")}
          </ConfirmButton>
        </div>
      )}
    </li>
  );
}

interface CreateFormProps {
  readonly busy: boolean;
  readonly onCreate: (role: LinkView["role"], recipient: string) => Promise<void>;
  readonly onCancel: () => void;
}

function CreateForm({ busy, onCreate, onCancel }: CreateFormProps) {
  const { t } = useText();
  const [role, setRole] = useState<LinkView["role"]>("agent");
  const [recipient, setRecipient] = useState("");
  return (
    <form
      class="create-link"
      onSubmit={(event) => {
        event.preventDefault();
        if (recipient.trim() !== "") void onCreate(role, recipient.trim());
      }}
    >
      <label class="create-link-field">
        {t("linkRole")}
        <select
          class="input input-small"
          value={role}
          onChange={(event) => setRole(event.currentTarget.value === "customer" ? "customer" : "agent")}
        >
          <option value="agent">{t("linkFor_agent")}</option>
          <option value="customer">{t("linkFor_customer")}</option>
        </select>
      </label>
      <label class="create-link-field">
        {t("linkRecipient")}
        <input
          class="input input-small"
          dir="auto"
          required
          maxLength={254}
          placeholder={t("linkRecipientHint")}
          value={recipient}
          onInput={(event) => setRecipient(event.currentTarget.value)}
        />
      </label>
      <div class="link-actions">
        <button type="submit" class="button button-primary button-small" disabled={busy || recipient.trim() === ""}>
          {t("create")}
        </button>
        <button type="button" class="button button-plain button-small" onClick={onCancel}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}

function isUsable(link: LinkView): boolean {
  return link.revokedAt === undefined && link.expiresAt > Date.now();
}
