import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../shared/button.tsx";
import type { PortalMessages } from "../languages.ts";
import "./delete-dialog.css";

interface DeleteDialogProps {
  readonly texts: PortalMessages;
  /** Resolves when the conversation is gone. */
  readonly onDelete: () => Promise<void>;
  readonly onDownload: () => void;
  readonly onClose: () => void;
}

/** Deletes a conversation in two steps: what it means, and whether to do it. */
export function DeleteDialog({ texts, onDelete, onDownload, onClose }: DeleteDialogProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [step, setStep] = useState<"explains" | "asks" | "deletes" | "failed">("explains");
  const isAsking = step !== "explains";
  useEffect(() => dialog.current?.showModal(), []);
  // The next step is read out, and its dangerous button is not where a double press lands.
  useEffect(() => heading.current?.focus(), [isAsking]);

  const erase = async () => {
    setStep("deletes");
    try {
      await onDelete();
    } catch {
      setStep("failed");
    }
  };

  return (
    <dialog ref={dialog} class="delete-dialog" aria-labelledby="delete-title" onClose={onClose}>
      <h2 id="delete-title" ref={heading} tabIndex={-1}>
        {isAsking ? texts.deleteSure : texts.deleteTitle}
      </h2>
      {isAsking ? (
        <p>{texts.deleteSureHint}</p>
      ) : (
        <>
          <List title={texts.deletes} items={[texts.deletesTalk, texts.deletesLead, texts.deletesLinks]} />
          <List title={texts.stays} items={[texts.staysMails, texts.staysNumbers]} />
        </>
      )}
      {step === "failed" && (
        <p class="delete-dialog-problem" role="alert">
          {texts.deleteFailed}
        </p>
      )}
      <div class="delete-dialog-actions">
        {isAsking && (
          <Button kind="quiet" onClick={onDownload}>
            {texts.downloadPage}
          </Button>
        )}
        <Button disabled={step === "deletes"} onClick={() => dialog.current?.close()}>
          {texts.keep}
        </Button>
        {isAsking ? (
          <Button kind="danger" disabled={step === "deletes"} onClick={() => void erase()}>
            {step === "deletes" ? texts.deleting : texts.deleteNow}
          </Button>
        ) : (
          <Button kind="danger" onClick={() => setStep("asks")}>
            {texts.goOn}
          </Button>
        )}
      </div>
    </dialog>
  );
}

function List({ title, items }: { readonly title: string; readonly items: readonly string[] }): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}
