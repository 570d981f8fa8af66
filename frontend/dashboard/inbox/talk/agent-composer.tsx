import type { JSX } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CannedReply } from "../../../../lambdas/contracts/http.ts";
import { attachmentTypes, limits } from "../../../../lambdas/contracts/limits.ts";
import { Glyph, type GlyphName } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import "./agent-composer.css";
import type { Uploads } from "../../../shared/files/upload.ts";
import { filled, matchingReplies, type Slash, slashAt } from "./canned-replies.ts";
import type { Draft, WritingMode } from "./drafts.ts";
import { applied, type Edit, editFor, type Style } from "./markdown-edit.ts";
import { ReplyMenu } from "./reply-menu.tsx";
import { type RefusedFile, UploadTray } from "./upload-tray.tsx";

/** What the keyboard does with the composer from elsewhere. */
export interface ComposerHandle {
  /** Begins to write, in this mode. */
  write(mode: WritingMode): void;
}

interface AgentComposerProps {
  readonly draft: Draft;
  readonly placeholder: string;
  readonly replies: readonly CannedReply[];
  /** Who is greeted, and by whom, in a canned reply. */
  readonly names: { readonly name?: string | undefined; readonly agent?: string | undefined };
  /** Absent when files can't be sent. */
  readonly uploads: Uploads | undefined;
  readonly handle: { current: ComposerHandle | undefined };
  readonly onDraft: (draft: Draft) => void;
  readonly onTyping: () => void;
  readonly onSend: (text: string) => void;
  readonly onNote: (text: string) => void;
  /** Where the replies are written. */
  readonly repliesHref: string;
  /** Escape: back to where the keyboard was. */
  readonly onLeave: () => void;
}

/** Characters before the limit from which the count is shown. */
const countFrom = 400;

const styles: readonly { readonly style: Style; readonly glyph: GlyphName; readonly keys?: string }[] = [
  { style: "bold", glyph: "bold", keys: "b" },
  { style: "italic", glyph: "italic", keys: "i" },
  { style: "list", glyph: "list" },
  { style: "link", glyph: "link", keys: "k" },
  { style: "code", glyph: "code" },
];

/** Where an agent writes an answer or a note. Enter sends, Shift+Enter starts a line, `/` brings the canned replies. */
export function AgentComposer(props: AgentComposerProps): JSX.Element {
  const { t, language } = useText();
  const { uploads, onDraft, replies } = props;
  const [{ mode, text }, setDraft] = useState(props.draft);
  const [slash, setSlash] = useState<Slash>();
  const [active, setActive] = useState(0);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [dropping, setDropping] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();

  const note = mode === "note";
  const found = slash === undefined || note ? [] : matchingReplies(replies, slash.typed);
  const left = limits.messageLength - text.length;
  const files = note ? [] : (uploads?.all ?? []);
  const ready = files.filter(({ state }) => state === "done").length;
  const canSend = left >= 0 && (text.trim() !== "" || ready > 0) && !(uploads?.busy === true && !note);

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text]);

  const change = (draft: Draft): void => {
    setDraft(draft);
    onDraft(draft);
  };
  const setMode = (next: WritingMode): void => {
    change({ mode: next, text });
    field.current?.focus({ preventScroll: true });
  };
  props.handle.current = { write: setMode };
  const typed = (element: HTMLTextAreaElement): void => {
    change({ mode, text: element.value });
    setSlash(slashAt(element.value, element.selectionStart));
    setActive(0);
    if (!note && element.value !== "") props.onTyping();
  };
  const apply = (edit: Edit): void => {
    const element = field.current;
    if (element === null) return;
    element.focus({ preventScroll: true });
    element.setSelectionRange(edit.from, edit.to);
    // The one way to change a field that its undo knows of; where it is missing, the text changes all the same.
    if (!document.execCommand("insertText", false, edit.insert)) {
      change({ mode, text: applied(edit, text) });
      element.value = applied(edit, text);
    }
    element.setSelectionRange(edit.selectFrom, edit.selectTo);
  };
  const style = (which: Style): void => {
    const element = field.current;
    if (element === null) return;
    apply(editFor(which, { text: element.value, from: element.selectionStart, to: element.selectionEnd }));
  };
  const choose = (reply: CannedReply): void => {
    if (slash === undefined) return;
    const insert = filled(reply.text, props.names);
    const end = slash.from + insert.length;
    setSlash(undefined);
    apply({ from: slash.from, to: slash.from + 1 + slash.typed.length, insert, selectFrom: end, selectTo: end });
  };
  const askForReplies = (): void => {
    const element = field.current;
    if (element === null) return;
    const from = element.selectionStart;
    const insert = from === 0 || /\s/.test(element.value[from - 1] ?? "") ? "/" : " /";
    const caret = from + insert.length;
    apply({ from, to: element.selectionEnd, insert, selectFrom: caret, selectTo: caret });
  };
  const send = (): void => {
    if (!canSend) return;
    if (note) props.onNote(text.trim());
    else props.onSend(text.trim());
    change({ mode: "reply", text: "" });
    setSlash(undefined);
    field.current?.focus({ preventScroll: true });
  };
  const addFiles = (list: FileList | null | undefined): boolean => {
    if (uploads === undefined || note || list === null || list === undefined || list.length === 0) return false;
    setRefused(uploads.add([...list]).map(({ file, problem }) => ({ name: file.name, problem })));
    return true;
  };

  const pressed = (event: KeyboardEvent): void => {
    // 229: some input methods report the Enter that ends a composition only by this code.
    if (event.isComposing || event.keyCode === 229) return;
    const shortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const styled = shortcut ? styles.find(({ keys }) => keys === event.key.toLowerCase()) : undefined;
    if (styled !== undefined) {
      style(styled.style);
      // Ctrl+K is the palette elsewhere; here it is the link.
      event.stopPropagation();
    } else if (found.length > 0 && menuKey(event.key)) return;
    else if (event.key === "Enter" && !event.shiftKey) send();
    else if (event.key === "Escape") {
      if (slash !== undefined) setSlash(undefined);
      else props.onLeave();
    } else return;
    event.preventDefault();

    function menuKey(key: string): boolean {
      const chosen = found[active];
      if (key === "ArrowDown") setActive((active + 1) % found.length);
      else if (key === "ArrowUp") setActive((active + found.length - 1) % found.length);
      else if ((key === "Enter" || key === "Tab") && !event.shiftKey && chosen !== undefined) choose(chosen);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    }
  };

  return (
    <form
      class={`writer${note ? " is-note" : ""}${dropping ? " is-dropping" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        if (uploads === undefined || note || event.dataTransfer?.types.includes("Files") !== true) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        setDropping(false);
        if (addFiles(event.dataTransfer?.files)) event.preventDefault();
      }}
    >
      {slash !== undefined && !note && (found.length > 0 || replies.length === 0) && (
        <ReplyMenu
          id={`${id}-replies`}
          replies={found}
          active={active}
          manageHref={props.repliesHref}
          onChoose={choose}
        />
      )}
      <div class="writer-box">
        <fieldset class="writer-modes" aria-label={t("writingMode")}>
          {(["reply", "note"] as const).map((each) => (
            <button
              key={each}
              type="button"
              class="writer-mode"
              aria-pressed={mode === each}
              aria-keyshortcuts={each === "reply" ? "r" : "n"}
              onClick={() => setMode(each)}
            >
              {t(`mode_${each}`)}
            </button>
          ))}
          {note && <span class="writer-hint">{t("noteHint")}</span>}
        </fieldset>
        {!note && uploads !== undefined && (
          <UploadTray uploads={uploads} refused={refused} onDismiss={() => setRefused([])} />
        )}
        <textarea
          ref={field}
          class="writer-field"
          rows={1}
          // An empty field follows the page, or the placeholder of a right-to-left page starts on the left.
          dir={text === "" ? undefined : "auto"}
          value={text}
          placeholder={note ? t("notePlaceholder") : props.placeholder}
          aria-label={note ? t("noteLabel") : language.t("messageLabel")}
          aria-describedby={left <= countFrom ? `${id}-count` : undefined}
          aria-invalid={left < 0}
          aria-autocomplete={found.length > 0 ? "list" : undefined}
          aria-controls={found.length > 0 ? `${id}-replies` : undefined}
          aria-activedescendant={found.length > 0 ? `${id}-replies-${active}` : undefined}
          onInput={(event) => typed(event.currentTarget)}
          onClick={(event) => setSlash(slashAt(event.currentTarget.value, event.currentTarget.selectionStart))}
          onBlur={() => setSlash(undefined)}
          onKeyDown={pressed}
          onPaste={(event) => {
            if (addFiles(event.clipboardData?.files)) event.preventDefault();
          }}
        />
        <div class="writer-bar">
          <div class="writer-tools" role="toolbar" aria-label={t("formatting")}>
            {styles.map(({ style: each, glyph, keys }) => (
              <button
                key={each}
                type="button"
                class="icon-button"
                aria-label={t(`style_${each}`)}
                title={keys === undefined ? t(`style_${each}`) : `${t(`style_${each}`)} (Ctrl+${keys.toUpperCase()})`}
                onClick={() => style(each)}
              >
                <Glyph name={glyph} size={16} />
              </button>
            ))}
            <span class="writer-gap" />
            {uploads !== undefined && !note && (
              <button
                type="button"
                class="icon-button"
                aria-label={t("attachFile")}
                title={t("attachFile")}
                onClick={() => picker.current?.click()}
              >
                <Glyph name="clip" size={17} />
              </button>
            )}
            {!note && (
              <button
                type="button"
                class="icon-button"
                aria-label={t("cannedReplies")}
                title={t("cannedRepliesHint")}
                onClick={askForReplies}
              >
                <Glyph name="slash" size={17} />
              </button>
            )}
          </div>
          {left <= countFrom && (
            <p
              id={`${id}-count`}
              class={`writer-count${left < 0 ? " is-over" : ""}`}
              role={left < 0 ? "alert" : undefined}
            >
              {left < 0 ? language.t("tooLong", { count: -left }) : language.t("charactersLeft", { count: left })}
            </p>
          )}
          <button type="submit" class="button button-primary writer-send" disabled={!canSend}>
            {note ? t("addNote") : language.t("send")}
          </button>
        </div>
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        tabIndex={-1}
        accept={attachmentTypes.join(",")}
        onChange={(event) => {
          addFiles(event.currentTarget.files);
          event.currentTarget.value = "";
          field.current?.focus({ preventScroll: true });
        }}
      />
      <span class="visually-hidden" role="status">
        {found.length > 0 ? t("repliesFound", { count: found.length }) : ""}
      </span>
    </form>
  );
}
