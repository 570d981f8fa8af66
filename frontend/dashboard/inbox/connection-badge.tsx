import type { ConnectionStatus } from "../../shared/connection.ts";
import { useText } from "../text.ts";
import "./connection-badge.css";

/** Whether the page is up to date by itself. */
export function ConnectionBadge({ status }: { readonly status: ConnectionStatus }) {
  const { t } = useText();
  return (
    <span
      class={`connection-badge connection-${status}`}
      role="status"
      title={status === "polling" ? t("pollingHint") : undefined}
    >
      {t(`connection_${status}`)}
    </span>
  );
}
