import { useText } from "../text.ts";
import type { FormHandle } from "./form-handle.ts";

/** Why nothing here can be switched on, where the plan does not include live chat. */
export function NotEntitled({ form }: { readonly form: FormHandle }) {
  const { t } = useText();
  if (!form.locked) return null;
  return (
    <div class="notice notice-info" role="note">
      <strong>{t("notEntitledTitle")}</strong>
      <p>{t("notEntitledText", { plan: t(`plan_${form.view.plan.name}`) })}</p>
    </div>
  );
}
