import type { Api } from "../../shared/api.ts";
import { Placeholder } from "../placeholder.tsx";
import { useText } from "../text.ts";
import { BrowserNotifications } from "./browser-notifications.tsx";
import { Switch, TextField } from "./fields.tsx";
import "./my-notifications.css";
import { QuietHoursFields } from "./quiet-hours-fields.tsx";
import { Section } from "./section.tsx";
import { type Saved, useMyNotifications } from "./use-my-notifications.ts";

interface MyNotificationsPageProps {
  readonly api: Api;
  readonly chatbotId: string;
}

/** How the agent who is logged in wants to be told about one chatbot's conversations. Changes are saved at once. */
export function MyNotificationsPage({ api, chatbotId }: MyNotificationsPageProps) {
  const { t } = useText();
  const { read, draft, saved, reload, edit, save } = useMyNotifications(api, chatbotId);
  if (typeof read === "object" && "failed" in read) {
    return (
      <Placeholder title={t("settingsFailed")} text={read.failed}>
        <button type="button" class="button button-plain" onClick={reload}>
          {t("tryAgain")}
        </button>
      </Placeholder>
    );
  }
  if (read === "loading" || draft === undefined) return <Skeleton />;
  const { allowed, devices, pushKey } = read;
  const error = (path: string): string | undefined => {
    if (typeof saved !== "object") return undefined;
    // The API's own words are English; what can go wrong here has words in every language.
    return saved.fields.has(path) ? t(path === "phone" ? "problemPhone" : "problemQuietHours") : undefined;
  };
  return (
    <>
      <Section id="push" title={t("pushTitle")} lead={t("pushLead")}>
        {allowed.push ? (
          <>
            <Switch path="push" label={t("pushOn")} checked={draft.push} onChange={(push) => edit({ push })} />
            <BrowserNotifications
              api={api}
              chatbotId={chatbotId}
              pushKey={pushKey}
              devices={devices}
              onChange={reload}
            />
          </>
        ) : (
          <p class="field-hint">{t("channelOffByOwner")}</p>
        )}
      </Section>
      <Section id="sms" title={t("smsTitle")} lead={t("smsLead")}>
        {allowed.sms ? (
          <>
            <Switch path="sms" label={t("smsOn")} checked={draft.sms} onChange={(sms) => edit({ sms })} />
            <TextField
              path="phone"
              label={t("smsPhone")}
              hint={t("smsPhoneHint")}
              error={error("phone")}
              ltr
              placeholder="+4930123456"
              maxLength={30}
              value={draft.phone}
              onInput={(phone) => edit({ phone: phone.replace(/[^\d+]/g, "") }, { typing: true })}
              onLeave={save}
            />
          </>
        ) : (
          <p class="field-hint">{t("channelOffByOwner")}</p>
        )}
      </Section>
      <Section id="quiet-hours" title={t("quietTitle")} lead={t("quietLead")}>
        <QuietHoursFields
          value={draft.quietHours}
          error={error}
          onChange={(quietHours) => edit({ quietHours })}
          onTyping={(quietHours) => edit({ quietHours }, { typing: true })}
          onLeave={save}
        />
      </Section>
      <SavedNote saved={saved} />
    </>
  );
}

function SavedNote({ saved }: { readonly saved: Saved }) {
  const { t } = useText();
  const failed = typeof saved === "object";
  return (
    <div class="saved-note">
      <p role="status">{saved === "saving" ? t("saving") : saved === "saved" ? t("saved") : ""}</p>
      {failed && (
        <p class="notice notice-bad" role="alert">
          {saved.fields.size > 0 ? t("saveInvalid") : saved.failed}
        </p>
      )}
    </div>
  );
}

function Skeleton() {
  const { t } = useText();
  return (
    <div aria-busy="true">
      <span class="visually-hidden" role="status">
        {t("loading")}
      </span>
      {["push", "sms"].map((each) => (
        <div class="section" key={each} aria-hidden="true">
          <div class="section-head">
            <span class="bone bone-title" />
            <span class="bone bone-line" />
          </div>
          <div class="section-body">
            <span class="bone bone-field" />
          </div>
        </div>
      ))}
    </div>
  );
}
