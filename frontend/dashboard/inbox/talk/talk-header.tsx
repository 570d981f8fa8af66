import type { JSX } from "preact";
import { ConfirmButton } from "../../confirm-button.tsx";
import { Glyph } from "../../glyph.tsx";
import { Link } from "../../navigation.tsx";
import { Popover } from "../../popover.tsx";
import { useText } from "../../text.ts";
import { Avatar } from "../avatar.tsx";
import type { Desk } from "../desk.ts";
import { ExportItems } from "../export/export-items.tsx";
import { StatusBadge } from "../status-badge.tsx";
import { AssigneePicker } from "./assignee-picker.tsx";
import type { OpenConversation } from "./open-conversation.ts";
import { Stars } from "./talk-line.tsx";

/** Counts that grow when a key asks for something that has its own button. */
export interface HeaderKeys {
  readonly assign: number;
  readonly end: number;
}

interface TalkHeaderProps {
  readonly conversation: OpenConversation;
  readonly desk: Desk;
  readonly name: string;
  readonly anonymous: boolean;
  readonly assigneeId: string | undefined;
  readonly backHref: string;
  readonly keys: HeaderKeys;
  readonly detailsShown: boolean;
  readonly onDetails: () => void;
}

/** Who the talk is with, how it stands, whose it is, and what can be done. */
export function TalkHeader(props: TalkHeaderProps): JSX.Element | null {
  const { t } = useText();
  const { conversation, desk, name, keys, detailsShown } = props;
  const { model, session, assignment } = conversation;
  const { state } = model;
  if (state === undefined) return null;
  const online = model.isPresent("visitor");
  const busy = model.command !== undefined;
  const { status } = state;
  const canHandBack = desk.allowed.handBack && (status === "open" || status === "unassigned");
  return (
    <header class="talk-header">
      <Link class="icon-button talk-back" href={props.backHref} aria-label={t("back")}>
        <Glyph name="back" />
      </Link>
      <Avatar name={name} anonymous={props.anonymous} online={online} />
      <div class="talk-who">
        <h2 class="talk-name">
          <bdi>{name}</bdi>
        </h2>
        <p class="talk-standing">
          <StatusBadge status={status} />
          <span class={online ? "talk-online" : ""}>{online ? t("online") : t("offline")}</span>
          {state.rating !== undefined && (
            <span class="talk-rating" title={t("rated", { score: state.rating })}>
              <Stars score={state.rating} />
              <span class="visually-hidden">{t("rated", { score: state.rating })}</span>
            </span>
          )}
        </p>
      </div>
      <div class="talk-actions">
        {status !== "unrequested" && (
          <AssigneePicker
            desk={desk}
            assignee={state.assignee}
            assigneeId={props.assigneeId}
            busy={assignment.standing.kind === "asking"}
            openKey={keys.assign}
            onAssign={(agentId) => assignment.give(agentId, props.assigneeId ?? null)}
          />
        )}
        {(status === "unrequested" || status === "unassigned") && (
          <button
            type="button"
            class="button button-primary"
            disabled={busy}
            onClick={() => session.command("takeOver")}
          >
            {t("takeOver")}
          </button>
        )}
        {status === "ended" && (
          <button type="button" class="button button-plain" disabled={busy} onClick={() => session.command("reopen")}>
            {t("reopen")}
          </button>
        )}
        {(status === "open" || status === "unassigned") && (
          <ConfirmButton
            class="button button-plain"
            question={t("endConfirm")}
            confirmLabel={t("end")}
            disabled={busy}
            keys="e"
            openKey={keys.end}
            onConfirm={() => session.command("end")}
          >
            {t("end")}
          </ConfirmButton>
        )}
        <Popover label={t("moreActions")} buttonClass="icon-button" button={<Glyph name="more" />} align="end">
          {(close) => (
            <>
              {canHandBack && (
                <ConfirmButton
                  class="menu-item"
                  question={t("handBackConfirm")}
                  confirmLabel={t("handBack")}
                  disabled={busy}
                  onConfirm={() => {
                    close();
                    session.command("handBack");
                  }}
                >
                  <Glyph name="bot" size={16} />
                  <span class="menu-item-text">{t("handBack")}</span>
                </ConfirmButton>
              )}
              <ExportItems conversation={conversation} onDone={close} />
            </>
          )}
        </Popover>
        <button
          type="button"
          class={`icon-button talk-details${detailsShown ? " is-on" : ""}`}
          aria-label={t("details")}
          aria-expanded={detailsShown}
          title={t("details")}
          onClick={props.onDetails}
        >
          <Glyph name="panel" />
        </button>
      </div>
    </header>
  );
}
