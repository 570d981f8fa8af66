import type { JSX } from "preact";
import { Button } from "../shared/button.tsx";
import type { Language } from "../shared/i18n.ts";

/** The panel when nothing could be loaded: it says so and offers the two ways on. */
export function LoadFailed(props: {
  readonly language: Language;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = props.language;
  return (
    <div class="panel-message" role="alert">
      <p>{t("notLoaded")}</p>
      <Button kind="primary" onClick={props.onRetry}>
        {t("tryAgain")}
      </Button>
      <Button kind="quiet" onClick={props.onClose}>
        {t("closeChat")}
      </Button>
    </div>
  );
}
