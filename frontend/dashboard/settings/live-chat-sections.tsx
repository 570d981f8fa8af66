import { limits } from "../../../lambdas/contracts/limits.ts";
import type { Api } from "../../shared/api.ts";
import { useText } from "../text.ts";
import { ChannelTest } from "./channel-test.tsx";
import { ListField, OptionList, SecretField, Switch, TextField } from "./fields.tsx";
import type { FormHandle } from "./form-handle.ts";
import { NotEntitled } from "./not-entitled.tsx";
import { QuotaMeter } from "./quota-meter.tsx";
import { Section } from "./section.tsx";

interface SectionProps {
  readonly form: FormHandle;
}

interface ChannelProps extends SectionProps {
  readonly api: Api;
}

/** On or off, and why it can't be switched on when the plan does not include it. */
export function LiveChatSection({ form }: SectionProps) {
  const { t } = useText();
  const { enabled } = form.draft.settings.liveChat;
  return (
    <Section id="live-chat" title={t("liveChatTitle")} lead={t("liveChatLead")}>
      <NotEntitled form={form} />
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

export function EmailSection({ api, form }: ChannelProps) {
  const { t, number } = useText();
  const { email } = form.draft.settings.liveChat;
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
      {!form.locked && <QuotaMeter view={form.view} />}
      {email.enabled && <ChannelTest api={api} form={form} channel="email" />}
    </Section>
  );
}

export function ZendeskSection({ api, form }: ChannelProps) {
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
      {zendesk.enabled && <ChannelTest api={api} form={form} channel="zendesk" />}
    </Section>
  );
}

/** Told on their own devices: each agent decides that under “My notifications”. */
export function AlertSection({ api, form }: ChannelProps) {
  const { t } = useText();
  const { sms, push } = form.draft.settings.liveChat;
  return (
    <Section id="alerts" title={t("alertsTitle")} lead={t("alertsLead")}>
      <Switch
        path="liveChat.push.enabled"
        label={t("pushSwitch")}
        hint={t("pushHint")}
        checked={push.enabled}
        disabled={form.locked}
        onChange={(enabled) => form.editLiveChat({ push: { enabled } })}
      />
      {push.enabled && <ChannelTest api={api} form={form} channel="push" />}
      <Switch
        path="liveChat.sms.enabled"
        label={t("smsSwitch")}
        hint={t("smsHint")}
        checked={sms.enabled}
        disabled={form.locked}
        onChange={(enabled) => form.editLiveChat({ sms: { enabled } })}
      />
      {sms.enabled && <ChannelTest api={api} form={form} channel="sms" />}
    </Section>
  );
}

const leadFields = ["name", "email", "phone"] as const;

export function LeadFormSection({ form }: SectionProps) {
  const { t } = useText();
  const { leadForm } = form.draft.settings.liveChat;
  const edit = (change: Partial<typeof leadForm>): void => form.editLiveChat({ leadForm: { ...leadForm, ...change } });
  return (
    <Section id="lead-form" title={t("leadFormTitle")} lead={t("leadFormLead")}>
      <OptionList
        name="lead-form"
        legend={t("leadFormAsk")}
        value={leadForm.ask}
        disabled={form.locked}
        options={(["atEscalation", "beforeChat", "never"] as const).map((value) => ({
          value,
          label: t(`leadFormAsk_${value}`),
        }))}
        onChange={(ask) => edit({ ask })}
      />
      {leadForm.ask !== "never" && (
        <fieldset class="field" disabled={form.locked}>
          <legend class="field-label">{t("leadFormRequired")}</legend>
          <div class="check-row">
            {leadFields.map((name) => (
              <label class="check" key={name}>
                <input
                  type="checkbox"
                  checked={leadForm.required.includes(name)}
                  onChange={(event) =>
                    edit({
                      required: leadFields.filter((each) =>
                        each === name ? event.currentTarget.checked : leadForm.required.includes(each),
                      ),
                    })
                  }
                />
                {t(`leadField_${name}`)}
              </label>
            ))}
          </div>
          <p class="field-hint">{t("leadFormRequiredHint")}</p>
        </fieldset>
      )}
    </Section>
  );
}

/** What visitors and agents may do in a conversation. */
export function ConversationSection({ form }: SectionProps) {
  const { t } = useText();
  const { liveChat } = form.draft.settings;
  return (
    <Section id="conversation" title={t("conversationOptionsTitle")} lead={t("conversationOptionsLead")}>
      {(["attachments", "rating", "handBack"] as const).map((name) => (
        <Switch
          key={name}
          path={`liveChat.${name}.enabled`}
          label={t(`option_${name}`)}
          hint={t(`optionHint_${name}`)}
          checked={liveChat[name].enabled}
          disabled={form.locked}
          onChange={(enabled) => form.editLiveChat({ [name]: { enabled } })}
        />
      ))}
    </Section>
  );
}
