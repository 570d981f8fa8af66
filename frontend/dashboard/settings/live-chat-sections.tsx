import { limits } from "../../../lambdas/contracts/limits.ts";
import { useText } from "../text.ts";
import { ListField, SecretField, Switch, TextField } from "./fields.tsx";
import type { FormHandle } from "./form-handle.ts";
import { quotaOf } from "./quota.ts";
import { Section } from "./section.tsx";

interface SectionProps {
  readonly form: FormHandle;
}

/** On or off, and why it can't be switched on when the plan does not include it. */
export function LiveChatSection({ form }: SectionProps) {
  const { t } = useText();
  const { enabled } = form.draft.settings.liveChat;
  return (
    <Section id="live-chat" title={t("liveChatTitle")} lead={t("liveChatLead")}>
      {form.locked && (
        <div class="notice notice-info" role="note">
          <strong>{t("notEntitledTitle")}</strong>
          <p>{t("notEntitledText", { plan: t(`plan_${form.view.plan.name}`) })}</p>
        </div>
      )}
      <Switch
        path="liveChat.enabled"
        label={t("liveChatSwitch")}
        hint={enabled && !form.locked ? t("liveChatOnHint") : t("liveChatOffHint")}
        error={form.errorAt("liveChat.enabled")}
        checked={enabled && !form.locked}
        disabled={form.locked}
        onChange={(checked) => form.editLiveChat({ enabled: checked })}
      />
    </Section>
  );
}

export function ButtonSection({ form }: SectionProps) {
  const { t } = useText();
  const { buttonTrigger } = form.draft.settings.liveChat;
  const edit = (change: Partial<typeof buttonTrigger>): void =>
    form.editLiveChat({ buttonTrigger: { ...buttonTrigger, ...change } });
  const off = form.locked || !buttonTrigger.enabled;
  return (
    <Section id="button" title={t("buttonTitle")} lead={t("buttonLead")}>
      <Switch
        path="liveChat.buttonTrigger.enabled"
        label={t("buttonSwitch")}
        checked={buttonTrigger.enabled}
        disabled={form.locked}
        onChange={(enabled) => edit({ enabled })}
      />
      <TextField
        path="liveChat.buttonTrigger.text"
        label={t("buttonText")}
        error={form.errorAt("liveChat.buttonTrigger.text")}
        value={buttonTrigger.text}
        maxLength={60}
        disabled={off}
        onInput={(text) => edit({ text })}
        onLeave={form.leave}
      />
      <Switch
        path="liveChat.buttonTrigger.lazy"
        label={t("lazySwitch")}
        hint={t("lazyHint")}
        checked={buttonTrigger.lazy}
        disabled={off}
        onChange={(lazy) => edit({ lazy })}
      />
      {buttonTrigger.lazy && (
        <TextField
          path="liveChat.buttonTrigger.fromAnswer"
          label={t("fromAnswer")}
          error={form.errorAt("liveChat.buttonTrigger.fromAnswer")}
          keyboard="numeric"
          value={Number.isNaN(buttonTrigger.fromAnswer) ? "" : String(buttonTrigger.fromAnswer)}
          disabled={off}
          onInput={(value) => edit({ fromAnswer: value === "" ? Number.NaN : Number(value) })}
          onLeave={form.leave}
        />
      )}
    </Section>
  );
}

export function WaitingMessageSection({ form }: SectionProps) {
  const { t } = useText();
  return (
    <Section id="waiting" title={t("waitingTitle")} lead={t("waitingLead")}>
      <TextField
        path="liveChat.waitingMessage"
        label={t("waitingMessage")}
        error={form.errorAt("liveChat.waitingMessage")}
        value={form.draft.settings.liveChat.waitingMessage}
        lines={3}
        maxLength={500}
        disabled={form.locked}
        onInput={(waitingMessage) => form.editLiveChat({ waitingMessage })}
        onLeave={form.leave}
      />
    </Section>
  );
}

export function EmailSection({ form }: SectionProps) {
  const { t, number } = useText();
  const { email } = form.draft.settings.liveChat;
  const quota = quotaOf(form.view);
  const edit = (change: Partial<typeof email>): void => form.editLiveChat({ email: { ...email, ...change } });
  return (
    <Section id="email" title={t("emailTitle")} lead={t("emailLead")}>
      <Switch
        path="liveChat.email.enabled"
        label={t("emailSwitch")}
        checked={email.enabled}
        disabled={form.locked}
        onChange={(enabled) => edit({ enabled })}
      />
      <ListField
        path="liveChat.email.addresses"
        label={t("emailAddresses")}
        hint={t("emailAddressesHint", { most: number(limits.notificationAddresses) })}
        error={form.errorAt("liveChat.email.addresses")}
        errorAt={form.errorAt}
        values={email.addresses}
        onChange={(addresses) => edit({ addresses: [...addresses] })}
        onLeave={form.leave}
        keyboard="email"
        most={limits.notificationAddresses}
        placeholder="support@example.com"
        addLabel={t("addAddress")}
        removeLabel={(address) => t("removeAddress", { address })}
        itemLabel={(position) => t("addressNumber", { position: number(position) })}
        disabled={form.locked || !email.enabled}
      />
      {!form.locked && (
        <div class={`quota quota-${quota.state}`}>
          <div class="quota-line">
            <span>{t("quotaLabel")}</span>
            <span>{t("quotaUsed", { used: number(quota.used), limit: number(quota.limit) })}</span>
          </div>
          <progress class="quota-bar" max={1} value={quota.share} aria-label={t("quotaLabel")} />
          {quota.state !== "fine" && (
            <p class="quota-note" role="status">
              {quota.state === "exhausted" ? t("quotaExhausted") : t("quotaLow")}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}

export function ZendeskSection({ form }: SectionProps) {
  const { t } = useText();
  const { zendesk } = form.draft.settings.liveChat;
  const edit = (change: Partial<typeof zendesk>): void => form.editLiveChat({ zendesk: { ...zendesk, ...change } });
  const off = form.locked || !zendesk.enabled;
  return (
    <Section id="zendesk" title={t("zendeskTitle")} lead={t("zendeskLead")}>
      <Switch
        path="liveChat.zendesk.enabled"
        label={t("zendeskSwitch")}
        checked={zendesk.enabled}
        disabled={form.locked}
        onChange={(enabled) => edit({ enabled })}
      />
      <TextField
        path="liveChat.zendesk.subdomain"
        label={t("zendeskSubdomain")}
        error={form.errorAt("liveChat.zendesk.subdomain")}
        value={zendesk.subdomain}
        before="https://"
        after=".zendesk.com"
        ltr
        disabled={off}
        onInput={(value) => edit({ subdomain: value.trim().toLowerCase() })}
        onLeave={form.leave}
      />
      <TextField
        path="liveChat.zendesk.user"
        label={t("zendeskUser")}
        hint={t("zendeskUserHint")}
        error={form.errorAt("liveChat.zendesk.user")}
        keyboard="email"
        ltr
        value={zendesk.user}
        disabled={off}
        onInput={(value) => edit({ user: value.trim() })}
        onLeave={form.leave}
      />
      <SecretField
        path="secrets.zendeskToken"
        label={t("zendeskToken")}
        error={form.errorAt("secrets.zendeskToken")}
        stored={form.view.secretsSet.zendeskToken}
        edit={form.draft.secrets.zendeskToken}
        onEdit={(value) => form.editSecret("zendeskToken", value)}
        onLeave={form.leave}
        disabled={off}
        words={{
          isSet: t("tokenIsSet"),
          willBeRemoved: t("secretWillBeRemoved"),
          replace: t("secretReplace"),
          remove: t("secretRemove"),
          keep: t("secretKeep"),
        }}
      />
    </Section>
  );
}
