import type { JSX } from "preact";
import { useReducer, useState } from "preact/hooks";
import { Glyph } from "../../glyph.tsx";
import { Link } from "../../navigation.tsx";
import { Popover } from "../../popover.tsx";
import { useText } from "../../text.ts";
import type { InboxQuery } from "./inbox-query.ts";
import { longestViewName, mostViews, queryOfView, type SavedView, type SavedViews } from "./saved-views.ts";

interface SavedViewsMenuProps {
  readonly views: SavedViews;
  readonly query: InboxQuery;
  readonly hrefOf: (query: InboxQuery) => string;
}

/** The agent's own views: open, save what is shown now, rename, delete. */
export function SavedViewsMenu({ views, query, hrefOf }: SavedViewsMenuProps): JSX.Element {
  const { t } = useText();
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const shown = views.of(query);
  return (
    <Popover
      label={t("savedViews")}
      buttonClass={`icon-button${shown === undefined ? "" : " is-on"}`}
      button={<Glyph name="bookmark" filled={shown !== undefined} />}
      align="end"
    >
      {(close) => (
        <>
          <p class="menu-title">{t("savedViews")}</p>
          {views.all().length === 0 && <p class="menu-note">{t("noViews")}</p>}
          <ul>
            {views.all().map((view) => (
              <ViewLine
                key={view.id}
                view={view}
                current={view.id === shown?.id}
                href={hrefOf(queryOfView(view))}
                onOpen={close}
                onRename={(name) => {
                  views.rename(view.id, name);
                  draw(undefined);
                }}
                onRemove={() => {
                  views.remove(view.id);
                  draw(undefined);
                }}
              />
            ))}
          </ul>
          {shown === undefined && (
            <NameForm
              label={t("saveView")}
              onName={(name) => {
                views.save(name, query);
                draw(undefined);
              }}
              disabled={views.all().length >= mostViews}
            />
          )}
        </>
      )}
    </Popover>
  );
}

interface ViewLineProps {
  readonly view: SavedView;
  readonly current: boolean;
  readonly href: string;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => void;
  readonly onRemove: () => void;
}

function ViewLine({ view, current, href, onOpen, onRename, onRemove }: ViewLineProps): JSX.Element {
  const { t } = useText();
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    return (
      <li>
        <NameForm
          label={t("renameView")}
          name={view.name}
          onName={(name) => {
            onRename(name);
            setRenaming(false);
          }}
        />
      </li>
    );
  }
  return (
    <li class="view-line">
      <Link class="menu-item" href={href} aria-current={current ? "true" : undefined} onFollow={onOpen}>
        <Glyph name={current ? "check" : "bookmark"} size={16} />
        <span class="menu-item-text" dir="auto">
          {view.name}
        </span>
      </Link>
      <button
        type="button"
        class="icon-button"
        aria-label={t("renameViewNamed", { name: view.name })}
        onClick={() => setRenaming(true)}
      >
        <Glyph name="more" size={16} />
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t("removeViewNamed", { name: view.name })}
        onClick={onRemove}
      >
        <Glyph name="trash" size={16} />
      </button>
    </li>
  );
}

interface NameFormProps {
  readonly label: string;
  readonly name?: string;
  readonly onName: (name: string) => void;
  readonly disabled?: boolean;
}

function NameForm({ label, name = "", onName, disabled = false }: NameFormProps): JSX.Element {
  const { t } = useText();
  const [text, setText] = useState(name);
  const empty = text.trim() === "";
  return (
    <form
      class="view-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (empty) return;
        onName(text);
        setText("");
      }}
    >
      <input
        class="input input-small"
        dir="auto"
        maxLength={longestViewName}
        aria-label={label}
        placeholder={t("viewName")}
        value={text}
        disabled={disabled}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button button-plain button-small" disabled={empty || disabled}>
        {label}
      </button>
    </form>
  );
}
