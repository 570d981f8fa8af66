import type { JSX } from "preact";
import { Button } from "../shared/button.tsx";
import type { Language, Messages } from "../shared/i18n.ts";
import { Icon } from "../shared/icons.tsx";
import type { PortalProblem } from "./portal-visit.ts";
import "./portal-problem.css";

const texts: Readonly<Record<PortalProblem, readonly [title: keyof Messages, hint: keyof Messages]>> = {
  broken: ["linkBroken", "linkBrokenHint"],
  expired: ["linkExpired", "linkExpiredHint"],
  revoked: ["linkRevoked", "linkRevokedHint"],
  failed: ["portalFailed", "portalFailedHint"],
};

/** Says what is wrong with a link and what to do. Nothing of the conversation is on the page any more. */
export function PortalProblemPage(props: {
  readonly problem: PortalProblem;
  readonly language: Language;
  readonly onRetry: () => void;
}): JSX.Element {
  const { t } = props.language;
  const [title, hint] = texts[props.problem];
  return (
    <main class="portal-problem">
      <div class="portal-problem-card" role="alert">
        <span class="portal-problem-icon">
          <Icon
            name={props.problem === "expired" ? "clock" : props.problem === "failed" ? "alert" : "link"}
            size={26}
          />
        </span>
        <h1>{t(title)}</h1>
        <p>{t(hint)}</p>
        {props.problem === "failed" && (
          <Button kind="primary" onClick={props.onRetry}>
            {t("tryAgain")}
          </Button>
        )}
      </div>
    </main>
  );
}

export function PortalLoading({ language }: { readonly language: Language }): JSX.Element {
  return (
    <main class="portal-problem" aria-busy="true">
      <p class="portal-problem-loading" role="status">
        {language.t("portalOpening")}
      </p>
    </main>
  );
}
