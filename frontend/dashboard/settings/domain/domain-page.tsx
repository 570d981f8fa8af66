import { useState } from "preact/hooks";
import type { ReplyOf } from "../../../../lambdas/contracts/http.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { CopyButton } from "../../copy-button.tsx";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import { TextField } from "../fields.tsx";
import type { FormHandle } from "../form-handle.ts";
import { Section } from "../section.tsx";
import "./domain.css";

type Check = ReplyOf<"checkDomain">;
type Checking = "idle" | "running" | { readonly failed: string } | { readonly host: string; readonly check: Check };

interface DomainProps {
  readonly api: Api;
  readonly form: FormHandle;
}

/** The chatbot's own host name: what to write into the DNS, and whether it has arrived. */
export function DomainPage({ api, form }: DomainProps) {
  const { t } = useText();
  const [checking, setChecking] = useState<Checking>("idle");
  const { host } = form.draft.settings.brand;
  const run = async (): Promise<void> => {
    setChecking("running");
    try {
      const check = await api.call("checkDomain", { path: { chatbotId: form.view.chatbotId }, query: { host } });
      setChecking({ host, check });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      form.leave("brand.host");
      setChecking({ failed: error.message });
    }
  };
  const shown =
    typeof checking === "object" && "check" in checking && checking.host === host ? checking.check : undefined;
  return (
    <Section id="domain" title={t("domainTitle")} lead={t("domainLead")}>
      <TextField
        path="brand.host"
        label={t("brandHost")}
        hint={t("brandHostHint")}
        error={form.errorAt("brand.host")}
        keyboard="url"
        ltr
        placeholder="help.example.com"
        value={host}
        onInput={(value) => form.editBrand({ host: value.trim().toLowerCase() })}
        onLeave={form.leave}
      />
      <button
        type="button"
        class="button button-plain domain-check"
        disabled={host === "" || checking === "running"}
        onClick={() => void run()}
      >
        {checking === "running" ? t("domainChecking") : t("domainCheck")}
      </button>
      <div role="status">
        {typeof checking === "object" && "failed" in checking && <p class="notice notice-bad">{checking.failed}</p>}
        {shown !== undefined && <CheckResult check={shown} saved={form.view.settings.brand.host === host} />}
      </div>
    </Section>
  );
}

function CheckResult({ check, saved }: { readonly check: Check; readonly saved: boolean }) {
  const { t } = useText();
  return (
    <div class="domain-result">
      <div class="table-scroll">
        <table class="records">
          <caption class="visually-hidden">{t("domainRecords")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("recordType")}</th>
              <th scope="col">{t("recordName")}</th>
              <th scope="col">{t("recordValue")}</th>
              <th scope="col">{t("recordFound")}</th>
            </tr>
          </thead>
          <tbody>
            {check.records.map((record) => (
              <tr key={`${record.type} ${record.name}`}>
                <td>{record.type}</td>
                <td>
                  <Copyable text={record.name} />
                </td>
                <td>
                  <Copyable text={record.value} />
                </td>
                <td>
                  <span class={record.ok ? "record-ok" : "record-missing"}>
                    <Glyph name={record.ok ? "check" : "alert"} size={15} />
                    <span dir="ltr">{record.ok ? t("recordRight") : record.found.join(", ") || t("recordNone")}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class={`notice ${check.reachable ? "notice-good" : "notice-info"}`}>
        <b>{t(check.reachable ? "domainReachable" : "domainNotReachable")}</b>{" "}
        {check.detail !== undefined && <span dir="auto">{check.detail}</span>}
        {check.reachable && !saved && <span> {t("domainSaveToUse")}</span>}
      </p>
    </div>
  );
}

function Copyable({ text }: { readonly text: string }) {
  return (
    <span class="copyable">
      <code dir="ltr">{text}</code>
      <CopyButton text={text} />
    </span>
  );
}
