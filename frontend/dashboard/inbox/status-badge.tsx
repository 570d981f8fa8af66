import type { Status } from "../../../lambdas/domain/status.ts";
import { useText } from "../text.ts";
import "./status-badge.css";

export function StatusBadge({ status }: { readonly status: Status }) {
  const { t } = useText();
  return (
    <span class={`status-badge status-${status}`} title={t(`statusHint_${status}`)}>
      {t(`status_${status}`)}
    </span>
  );
}
