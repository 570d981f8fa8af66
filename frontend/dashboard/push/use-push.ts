import { useEffect } from "preact/hooks";
import type { Api } from "../../shared/api.ts";
import { navigate } from "../navigation.tsx";
import { keepRegistered } from "./push-registration.ts";
import { isWorkerMessage } from "./worker-messages.ts";

/** Goes where a clicked notification leads, and keeps the server's address of this browser right. */
export function usePush(api: Api, chatbotId: string | undefined): void {
  useEffect(() => {
    // A failure is made good when a page is opened the next time.
    const keep = (): void => {
      if (chatbotId !== undefined) keepRegistered(api, chatbotId).catch(() => undefined);
    };
    const hear = ({ data }: MessageEvent<unknown>): void => {
      if (!isWorkerMessage(data)) return;
      if (data.kind === "open") navigate(data.path);
      else keep();
    };
    keep();
    // Absent where a page is no secure context.
    const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
    workers?.addEventListener("message", hear);
    return () => workers?.removeEventListener("message", hear);
  }, [api, chatbotId]);
}
