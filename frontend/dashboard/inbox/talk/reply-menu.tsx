import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { CannedReply } from "../../../../lambdas/contracts/http.ts";
import { Link } from "../../navigation.tsx";
import { useText } from "../../text.ts";

interface ReplyMenuProps {
  /** Of the list, so that the field can name it. */
  readonly id: string;
  readonly replies: readonly CannedReply[];
  readonly active: number;
  /** Where the replies are written. */
  readonly manageHref: string;
  readonly onChoose: (reply: CannedReply) => void;
}

/** The canned replies that fit what was typed after `/`. The keys are handled by the field, which keeps the focus. */
export function ReplyMenu({ id, replies, active, manageHref, onChoose }: ReplyMenuProps): JSX.Element {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div class="reply-menu">
      {replies.length === 0 && <p class="menu-note">{t("noReplies")}</p>}
      <div role="listbox" id={id} aria-label={t("cannedReplies")} ref={list}>
        {replies.map((reply, index) => (
          <div
            key={reply.shortcut}
            class="choices-item reply-option"
            role="option"
            tabIndex={-1}
            id={`${id}-${index}`}
            aria-selected={index === active}
            // The field keeps the focus and the caret.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(reply)}
            onKeyDown={() => undefined}
          >
            <span class="reply-shortcut">/{reply.shortcut}</span>
            <span class="reply-title" dir="auto">
              {reply.title}
            </span>
            <span class="reply-text" dir="auto">
              {reply.text}
            </span>
          </div>
        ))}
      </div>
      {/* The field keeps the focus until the press has arrived. */}
      <p class="reply-manage" onPointerDown={(event) => event.preventDefault()}>
        <Link href={manageHref}>{t("manageReplies")}</Link>
      </p>
    </div>
  );
}
