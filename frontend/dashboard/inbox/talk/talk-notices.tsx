import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Writer } from "../../../shared/typing.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import { timeAgo } from "../relative-time.ts";
import { useNow } from "../use-now.ts";
import type { Claim } from "./assignment.ts";
import type { OpenConversation } from "./open-conversation.ts";

/** That somebody else was quicker, with the time since: it tells whether to step back or to ask. */
export function ClaimNotice({ conversation }: { readonly conversation: OpenConversation }): JSX.Element | null {
  const { t } = useText();
  const { standing } = conversation.assignment;
  if (standing.kind === "refused") {
    return (
      <p class="talk-notice is-bad" role="alert">
        <span>{t("notAssigned", { reason: standing.reason })}</span>
        <Dismiss conversation={conversation} />
      </p>
    );
  }
  if (standing.kind !== "taken") return null;
  return (
    <p class="talk-notice" role="alert">
      <Glyph name="person" size={16} />
      <ClaimText claim={standing.claim} serverNow={conversation.model.serverNow} />
      <Dismiss conversation={conversation} />
    </p>
  );
}

function Dismiss({ conversation }: { readonly conversation: OpenConversation }): JSX.Element {
  const { t } = useText();
  return (
    <button type="button" class="text-button" onClick={() => conversation.assignment.dismiss()}>
      {t("dismiss")}
    </button>
  );
}

function ClaimText({ claim, serverNow }: { readonly claim: Claim; readonly serverNow: number }): JSX.Element {
  const { t, locale } = useText();
  useNow(1_000);
  const ago = timeAgo(claim.at, serverNow, locale);
  const { name } = claim;
  return <span dir="auto">{name === undefined ? t("givenUp", { ago }) : t("takenBy", { name, ago })}</span>;
}

/** Who writes at the moment. The place for it is kept, so that nothing jumps. */
export function WritersLine({
  writers,
  visitorName,
}: {
  readonly writers: readonly Writer[];
  readonly visitorName: string;
}): JSX.Element {
  const { t } = useText();
  const [writer] = writers;
  return (
    <p class="talk-writers" aria-live="polite">
      {writer !== undefined && (
        <>
          <span class="talk-writers-dots" aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          <span dir="auto">
            {t("isTyping", { name: writer.name ?? (writer.by === "visitor" ? visitorName : t("role_agent")) })}
          </span>
        </>
      )}
    </p>
  );
}

/**
 * Notices that somebody else took the conversation in the same moment as we did: our own command is answered with
 * success, since the conversation is taken, only not by us.
 */
export function useLostTakeOver(conversation: OpenConversation, myName: string | undefined): void {
  const { model, assignment } = conversation;
  const asked = useRef(false);
  const { command, state } = model;
  useEffect(() => {
    if (command?.command === "takeOver") asked.current = true;
    else if (asked.current) {
      asked.current = false;
      const assignee = state?.assignee;
      if (assignee === undefined || myName === undefined || assignee === myName) return;
      const taken = model.entries.findLast((entry) => entry.kind === "status" && entry.command === "takeOver");
      assignment.lostTo({ name: assignee, at: taken?.at ?? model.serverNow });
    }
  });
}
