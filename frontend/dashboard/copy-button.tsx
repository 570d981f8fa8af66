import { useEffect, useState } from "preact/hooks";
import { useText } from "./text.ts";

/** Milliseconds that "Copied" stays. */
const confirmationMs = 2_000;

/** Copies a text and says so, also to a screen reader. */
export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useText();
  const [result, setResult] = useState<"copied" | "copyFailed">();
  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => setResult(undefined), confirmationMs);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setResult("copied"),
      () => setResult("copyFailed"),
    );
  };
  return (
    <button type="button" class="button button-plain button-small" onClick={copy}>
      <span aria-live="polite">{result === undefined ? t("copy") : t(result)}</span>
    </button>
  );
}
