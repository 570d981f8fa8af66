import { useState } from "preact/hooks";
import type { BodyOf, ReplyOf } from "../../../lambdas/contracts/http.ts";
import { type Api, ApiError } from "../../shared/api.ts";
import { Glyph } from "../glyph.tsx";
import { useText } from "../text.ts";
import "./channel-test.css";
import type { FormHandle } from "./form-handle.ts";

type Results = ReplyOf<"testNotification">["results"];
type Outcome = Results | { readonly failed: string };

interface ChannelTestProps {
  readonly api: Api;
  readonly form: FormHandle;
  readonly channel: BodyOf<"testNotification">["channel"];
}

/** Sends one test with what is saved, and shows what the other side said, in its own words. */
export function ChannelTest({ api, form, channel }: ChannelTestProps) {
  const { t } = useText();
  const [sending, setSending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const send = async (): Promise<void> => {
    setSending(true);
    setOutcome(undefined);
    try {
      const { results } = await api.call("testNotification", {
        path: { chatbotId: form.view.chatbotId },
        body: { channel },
      });
      setOutcome(results);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setOutcome({ failed: error.message });
    } finally {
      setSending(false);
    }
  };
  const saved = form.view.settings.liveChat[channel].enabled;
  const mustSave = form.changed || !saved;
  return (
    <div class="channel-test">
      <div class="channel-test-row">
        <button
          type="button"
          class="button button-plain button-small"
          disabled={sending || mustSave || form.locked}
          onClick={() => void send()}
        >
          <Glyph name="send" size={14} />
          {sending ? t("testSending") : t(`test_${channel}`)}
        </button>
        {mustSave && <span class="field-hint">{t("testAfterSaving")}</span>}
      </div>
      <div role="status">
        {outcome !== undefined && "failed" in outcome && <TestLine ok={false} recipient="" detail={outcome.failed} />}
        {outcome !== undefined &&
          !("failed" in outcome) &&
          outcome.map((each) => <TestLine key={each.recipient} {...each} />)}
      </div>
    </div>
  );
}

function TestLine({ ok, recipient, detail }: Results[number]) {
  const { t } = useText();
  return (
    <p class={`test-line test-${ok ? "ok" : "failed"}`}>
      <Glyph name={ok ? "check" : "alert"} size={15} />
      <span class="visually-hidden">{ok ? t("testOk") : t("testFailed")}</span>
      <span>
        {recipient !== "" && <b dir="auto">{recipient}</b>} <span dir="auto">{detail}</span>
      </span>
    </p>
  );
}
