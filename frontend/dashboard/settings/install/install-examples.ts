import type { CodeExample } from "../code-tabs.tsx";

export interface Place {
  /** Of this deployment, or of the chatbot's own host. */
  readonly origin: string;
  readonly chatbotId: string;
  readonly color: string;
  readonly position: "left" | "right";
}

/** The one line. Colour and corner dress the button before anything is asked of the server. */
export function snippetOf({ origin, chatbotId, color, position }: Place): string {
  const corner = position === "left" ? ` data-position="left"` : "";
  return `<script src="${origin}/widget.js" data-chatbot="${chatbotId}" data-color="${color}"${corner} async></script>`;
}

/** What a page with a strict Content-Security-Policy has to allow. */
export function policyOf({ origin }: Pick<Place, "origin">): string {
  return `script-src ${origin}; frame-src ${origin}`;
}

/** Driving the widget from the page. `docs/widget.md` has all commands and events. */
export function scriptExamples(place: Place): readonly CodeExample[] {
  const queue = "window.LiveChat ||= function () { (LiveChat.q ||= []).push(arguments); };";
  return [
    {
      name: "HTML",
      code: `${snippetOf(place)}

<button type="button" onclick="LiveChat('open')">Chat with us</button>

<script>
  // Calls from before the widget has arrived wait for it.
  ${queue}
  LiveChat("lead", { name: "Ada Lovelace", email: "ada@example.com" });
</script>`,
    },
    {
      name: "React",
      code: `import { useEffect } from "react";

export function LiveChat({ jwt }) {
  useEffect(() => {
    ${queue}
    const script = document.createElement("script");
    script.src = "${place.origin}/widget.js";
    script.async = true;
    script.dataset.chatbot = "${place.chatbotId}";
    script.dataset.color = "${place.color}";
    script.dataset.position = "${place.position}";
    document.head.append(script);
    return () => {
      script.remove();
      window.LiveChat("shutdown");
    };
  }, []);
  useEffect(() => {
    if (jwt) window.LiveChat("identify", { jwt });
  }, [jwt]);
  return null;
}`,
    },
    {
      name: "JavaScript",
      code: `// A single-page app needs nothing when it navigates: the chat stays as it is.
LiveChat("identify", { jwt: await fetchChatToken() });

LiveChat("on", "unread", (count) => setBadge(count));
LiveChat("on", "escalated", ({ reference }) => console.log("Asked for a person:", reference));

// When somebody logs out:
LiveChat("shutdown");`,
    },
  ];
}
