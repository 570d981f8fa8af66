import type { Status } from "../../../lambdas/domain/status.ts";
import { useText } from "../text.ts";
import "./status-badge.css";

interface StatusBadgeProps {
  readonly status: Status;
  /** Who has the conversation: while it is in progress, their name says more than the status. */
  readonly assignee?: string | undefined;
}

export function StatusBadge({ status, assignee }: StatusBadgeProps) {
  const { t } = useText();
  const named = status === "open" && assignee !== undefined;
  return (
    <span
      class={`status-badge status-${status}`}
      title={named ? t("assignedTo", { name: assignee }) : t(`statusHint_${status}`)}
    >
      {named ? (
        <>
          <span class="visually-hidden">{t("status_open")}: </span>
          <bdi class="status-badge-name">{assignee}</bdi>
        </>
      ) : (
        t(`status_${status}`)
      )}
    </span>
  );
}
