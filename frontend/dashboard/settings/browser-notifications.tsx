import { useEffect, useState } from "preact/hooks";
import { type Api, ApiError } from "../../shared/api.ts";
import { fullTime } from "../../shared/time.ts";
import {
  allowPush,
  deviceRemoved,
  type PushState,
  pushState,
  stopPush,
  thisDevice,
} from "../push/push-registration.ts";
import { useText } from "../text.ts";
import type { MyNotifications } from "./use-my-notifications.ts";

interface BrowserNotificationsProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly pushKey: string | undefined;
  readonly devices: MyNotifications["devices"];
  /** Called when the server's list may have changed. */
  readonly onChange: () => void;
}

/** Whether this browser may notify, and the agent's other browsers. */
export function BrowserNotifications({ api, chatbotId, pushKey, devices, onChange }: BrowserNotificationsProps) {
  const { t, locale } = useText();
  const [state, setState] = useState<PushState>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    void pushState(chatbotId).then(setState);
  }, [chatbotId, devices]);

  const change = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      await work();
    } catch (error) {
      // Browsers refuse a subscription with errors of their own, in English and for developers.
      setProblem(error instanceof ApiError ? error.message : t("pushFailed"));
    } finally {
      setState(await pushState(chatbotId));
      setBusy(false);
      onChange();
    }
  };

  return (
    <div class="push-devices">
      <div class="push-here" aria-live="polite">
        {state !== undefined && <p class="field-hint">{t(`push_${state}`)}</p>}
        {state === "off" && pushKey !== undefined && (
          <button
            type="button"
            class="button button-plain button-small"
            disabled={busy}
            onClick={() => void change(() => allowPush(api, chatbotId, pushKey))}
          >
            {t("pushAllow")}
          </button>
        )}
        {state === "on" && (
          <button
            type="button"
            class="button button-plain button-small"
            disabled={busy}
            onClick={() => void change(() => stopPush(api, chatbotId))}
          >
            {t("pushStop")}
          </button>
        )}
      </div>
      {problem !== "" && (
        <p class="notice notice-bad" role="alert">
          {problem}
        </p>
      )}
      {devices.length > 0 && (
        <>
          <h3 class="field-label">{t("pushDevices")}</h3>
          <ul class="members">
            {devices.map(({ deviceId, label, addedAt }) => (
              <li class="member" key={deviceId}>
                <div class="member-who">
                  <span class="member-name" dir="auto">
                    {label}
                    {deviceId === thisDevice() && ` (${t("pushThisBrowser")})`}
                  </span>
                  <span class="member-email">{t("pushAdded", { when: fullTime(locale, addedAt) })}</span>
                </div>
                <button
                  type="button"
                  class="button button-plain button-small button-remove"
                  disabled={busy}
                  aria-label={t("pushRemoveNamed", { name: label })}
                  onClick={() =>
                    void change(async () => {
                      await api.call("deletePushDevice", { path: { chatbotId, deviceId } });
                      deviceRemoved(chatbotId, deviceId);
                    })
                  }
                >
                  {t("removeMember")}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
