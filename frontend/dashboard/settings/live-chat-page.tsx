import type { Api } from "../../shared/api.ts";
import type { FormHandle } from "./form-handle.ts";
import {
  AlertSection,
  ButtonSection,
  ConversationSection,
  EmailSection,
  LeadFormSection,
  LiveChatSection,
  WaitingMessageSection,
  ZendeskSection,
} from "./live-chat-sections.tsx";

/** Whether and how visitors reach a person, and how the team is told. */
export function LiveChatPage({ api, form }: { readonly api: Api; readonly form: FormHandle }) {
  return (
    <>
      <LiveChatSection form={form} />
      <ButtonSection form={form} />
      <WaitingMessageSection form={form} />
      <LeadFormSection form={form} />
      <EmailSection api={api} form={form} />
      <ZendeskSection api={api} form={form} />
      <AlertSection api={api} form={form} />
      <ConversationSection form={form} />
    </>
  );
}
