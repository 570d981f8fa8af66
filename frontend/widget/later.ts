import { type ExtrasLanguage, extrasLanguages } from "../shared/extras/languages.ts";
import { languageOf } from "../shared/i18n.ts";

/**
 * What nobody waits for: it is loaded once the panel has been drawn, and loads its own heavier parts when they are
 * needed.
 */
export { Alerts } from "./alerts.ts";
export { WidgetExtras } from "./extras/widget-extras.tsx";

/** The texts of the later parts, once their styles are there as well. */
export async function prepareExtras(locale: string): Promise<ExtrasLanguage> {
  const [language] = await Promise.all([languageOf(locale, extrasLanguages), loadStyles()]);
  return language;
}

/** The build puts the styles of all later parts into one sheet beside the scripts. */
function loadStyles(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = import.meta.url.replace(/[^/]*$/, "later.css");
    link.onload = resolve;
    link.onerror = reject;
    document.head.append(link);
  });
}
