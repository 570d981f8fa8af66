import { useEffect, useState } from "preact/hooks";
import type { PortalLanguage } from "../languages.ts";
import type { PortalVisit } from "../portal-visit.ts";
import type { PortalExtras } from "./portal-extras.tsx";

/** Undefined until they have arrived, and for good where they can't be loaded: one can talk without. */
export function useExtras(visit: PortalVisit, language: PortalLanguage): PortalExtras | undefined {
  const [extras, setExtras] = useState<PortalExtras | undefined>(undefined);
  const [, count] = useState(0);
  useEffect(() => {
    let loaded: PortalExtras | undefined;
    let isGone = false;
    const load = async () => {
      const { loadExtras } = await import("./portal-extras.tsx");
      loaded = await loadExtras(visit, language, () => count((before) => before + 1));
      if (isGone) loaded.stop();
      else setExtras(loaded);
    };
    load().catch(() => undefined);
    return () => {
      isGone = true;
      loaded?.stop();
    };
  }, [visit]);
  return extras;
}
