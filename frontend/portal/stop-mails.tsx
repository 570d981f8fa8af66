import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../shared/api.ts";
import { Button } from "../shared/button.tsx";
import type { PortalLanguage } from "./languages.ts";
import { PortalCard } from "./portal-problem.tsx";
import { type PortalProblem, problemOf } from "./portal-visit.ts";
import type { Brand } from "./problem-brand.ts";
import type { MailApi } from "./your-data/mail-routes.ts";

interface StopMailsProps {
  readonly api: MailApi;
  readonly token: string;
  /** As it is when the page opens. */
  readonly wanted: boolean;
  readonly brand: Brand | undefined;
  readonly language: PortalLanguage;
  readonly onProblem: (problem: PortalProblem) => void;
}

/** `/portal/mail#<token>`, from the foot of a mail. Opening it changes nothing, as mail scanners open it too: the button does. */
export function StopMails({
  api,
  token,
  brand,
  language: { texts },
  onProblem,
  ...props
}: StopMailsProps): JSX.Element {
  const [wanted, setWanted] = useState(props.wanted);
  const [isChanged, setIsChanged] = useState(false);
  const [isBusy, setIsBusy] = useState(false);

  async function wish(next: boolean): Promise<void> {
    setIsBusy(true);
    try {
      const reply = await api.call("writeMailWish", { body: { token, wanted: next } });
      setWanted(reply.wanted);
      setIsChanged(true);
      setIsBusy(false);
    } catch (error) {
      onProblem(error instanceof ApiError ? problemOf(error.code) : "failed");
    }
  }

  const [title, hint] = !wanted
    ? ([texts.mailsStopped, texts.mailsStoppedHint] as const)
    : isChanged
      ? ([texts.mailsWanted, texts.mailsWantedHint] as const)
      : ([texts.stopMailsQuestion, texts.stopMailsHint] as const);
  return (
    <PortalCard brand={brand} icon={wanted && !isChanged ? "alert" : "check"}>
      <div role="status">
        <h1>{title}</h1>
        <p>{hint}</p>
      </div>
      <Button kind={wanted && !isChanged ? "primary" : "plain"} disabled={isBusy} onClick={() => void wish(!wanted)}>
        {wanted ? texts.stopMails : texts.mailsAgain}
      </Button>
    </PortalCard>
  );
}
