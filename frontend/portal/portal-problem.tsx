import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { BrandMark } from "../shared/brand-mark.tsx";
import { Button } from "../shared/button.tsx";
import { Icon, type IconName } from "../shared/icons.tsx";
import type { PortalLanguage, PortalMessages } from "./languages.ts";
import type { PortalProblem } from "./portal-visit.ts";
import type { Brand } from "./problem-brand.ts";
import "./portal-problem.css";

interface Wording {
  readonly icon: IconName;
  readonly title: keyof PortalMessages;
  /** What to do. */
  readonly hint: keyof PortalMessages;
}

const wordings: Readonly<Record<PortalProblem, Wording>> = {
  broken: { icon: "alert", title: "linkBroken", hint: "linkBrokenHint" },
  notThere: { icon: "alert", title: "notThere", hint: "notThereHint" },
  expired: { icon: "clock", title: "linkExpired", hint: "linkExpiredHint" },
  revoked: { icon: "alert", title: "linkRevoked", hint: "linkRevokedHint" },
  erased: { icon: "check", title: "erased", hint: "erasedHint" },
  offline: { icon: "alert", title: "offline", hint: "offlineHint" },
  failed: { icon: "alert", title: "portalFailed", hint: "portalFailedHint" },
};

/** Says what is wrong with a link and what to do. Nothing of the conversation is on the page any more. */
export function PortalProblemPage(props: {
  readonly problem: PortalProblem;
  /** Undefined: not known, and the page is nobody's. */
  readonly brand: Brand | undefined;
  readonly language: PortalLanguage;
  readonly onRetry: () => void;
}): JSX.Element {
  const { problem, brand, onRetry } = props;
  const { texts } = props.language;
  const { icon, title, hint } = wordings[problem];
  const mayPass = problem === "offline" || problem === "failed";
  useEffect(() => {
    if (!mayPass) return;
    addEventListener("online", onRetry);
    return () => removeEventListener("online", onRetry);
  }, [mayPass]);
  return (
    <PortalCard brand={brand} icon={icon}>
      {/* A deletion is what somebody wanted, and no alarm. */}
      <div role={problem === "erased" ? "status" : "alert"}>
        <h1>{texts[title]}</h1>
        <p>{texts[hint]}</p>
      </div>
      {mayPass && (
        <Button kind="primary" onClick={onRetry}>
          {texts.tryAgain}
        </Button>
      )}
    </PortalCard>
  );
}

/** A page that says one thing, under the owner's name where that is known. */
export function PortalCard(props: {
  readonly brand: Brand | undefined;
  readonly icon: IconName;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { brand } = props;
  return (
    <main class="portal-problem">
      {brand !== undefined && (
        <p class="portal-problem-brand">
          <BrandMark name={brand.name} logoUrl={brand.logoUrl} />
          <bdi>{brand.name}</bdi>
        </p>
      )}
      <div class="portal-problem-card">
        <span class="portal-problem-icon">
          <Icon name={props.icon} size={26} />
        </span>
        {props.children}
      </div>
    </main>
  );
}

export function PortalLoading({ language }: { readonly language: PortalLanguage }): JSX.Element {
  return (
    <main class="portal-problem" aria-busy="true">
      <p class="portal-problem-loading" role="status">
        {language.texts.portalOpening}
      </p>
    </main>
  );
}
