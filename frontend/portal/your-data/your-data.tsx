import type { JSX } from "preact";
import { later } from "../../shared/extras/later.tsx";
import type { PortalLanguage } from "../languages.ts";
import { MenuItem } from "../portal-menu.tsx";
import type { PortalVisit } from "../portal-visit.ts";

const MailSwitch = later(async () => (await import("./mail-switch.tsx")).MailSwitch);
const DeleteDialog = later(async () => (await import("./delete-dialog.tsx")).DeleteDialog);

interface YourDataProps {
  readonly visit: PortalVisit;
  readonly language: PortalLanguage;
}

/** The part of the menu in which customers decide about what is theirs: mails, a copy, deletion. */
export function YourData(props: YourDataProps & { readonly onDelete: () => void }): JSX.Element {
  const { model, opened, api } = props.visit;
  const { mailToken } = opened;
  const { texts } = props.language;
  return (
    <>
      {mailToken !== undefined && <MailSwitch api={api} token={mailToken} texts={texts} />}
      <h2>{texts.yourData}</h2>
      {/* Half a conversation is no copy of it. */}
      <MenuItem disabled={!model.synced} onChoose={() => void download(props, "html")}>
        {texts.downloadPage}
      </MenuItem>
      <MenuItem disabled={!model.synced} onChoose={() => void download(props, "json")}>
        {texts.downloadData}
      </MenuItem>
      <MenuItem isDangerous onChoose={props.onDelete}>
        {texts.deleteConversation}
      </MenuItem>
    </>
  );
}

export function DeleteYourData(props: YourDataProps & { readonly onClose: () => void }): JSX.Element {
  const { visit, language, onClose } = props;
  return (
    <DeleteDialog
      texts={language.texts}
      onDelete={() => visit.erase()}
      onDownload={() => void download(props, "html")}
      onClose={onClose}
    />
  );
}

async function download({ visit, language }: YourDataProps, format: "html" | "json"): Promise<void> {
  const { model, opened } = visit;
  const { state, entries } = model;
  if (state === undefined) return;
  const { downloadConversation } = await import("./conversation-download.tsx");
  const brand = opened.chatbot.brand.name;
  downloadConversation({ brand, state, entries, now: Date.now() }, format, language);
}
