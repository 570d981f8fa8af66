import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PortalMessages } from "../languages.ts";
import type { MailApi } from "./mail-routes.ts";
import "./mail-switch.css";

interface MailSwitchProps {
  readonly api: MailApi;
  /** Names the conversation and the address. */
  readonly token: string;
  readonly texts: PortalMessages;
}

/** Whether new answers are mailed. Shows what the server has, and changes when the server has changed. */
export function MailSwitch({ api, token, texts }: MailSwitchProps): JSX.Element {
  const [wanted, setWanted] = useState<boolean | undefined>(undefined);
  const [isBusy, setIsBusy] = useState(true);
  const [failed, setFailed] = useState(false);

  const ask = async (question: Promise<{ readonly wanted: boolean }>) => {
    setIsBusy(true);
    setFailed(false);
    try {
      setWanted((await question).wanted);
    } catch {
      setFailed(true);
    }
    setIsBusy(false);
  };
  const read = () => ask(api.call("readMailWish", { query: { token } }));
  const write = () => ask(api.call("writeMailWish", { body: { token, wanted: wanted !== true } }));
  useEffect(() => void read(), [token]);

  return (
    <>
      <button
        type="button"
        role="switch"
        class="portal-menu-item mail-switch"
        aria-checked={wanted === true}
        aria-busy={isBusy}
        // Until it is known, there is nothing to change.
        disabled={wanted === undefined && isBusy}
        onClick={() => {
          if (!isBusy) void (wanted === undefined ? read() : write());
        }}
      >
        {texts.mailMe}
        <span class="mail-switch-track" aria-hidden="true" />
      </button>
      {failed && (
        <p class="mail-switch-problem" role="alert">
          {texts.mailMeFailed}
        </p>
      )}
    </>
  );
}
