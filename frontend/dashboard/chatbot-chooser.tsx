import type { Membership } from "../../lambdas/contracts/http.ts";
import { Link } from "./navigation.tsx";
import { inboxHref } from "./routes.ts";
import { useText } from "./text.ts";

export function ChatbotChooser({ memberships }: { readonly memberships: readonly Membership[] }) {
  const { t } = useText();
  const byName = [...memberships].sort((one, other) => one.name.localeCompare(other.name));
  return (
    <main class="chooser" id="main">
      <h1 class="chooser-title">{t("chooseChatbot")}</h1>
      <ul class="chooser-list">
        {byName.map(({ chatbotId, name, role }) => (
          <li key={chatbotId}>
            <Link class="chooser-item" href={inboxHref(chatbotId)}>
              <span class="chooser-mark" aria-hidden="true">
                {name.slice(0, 1).toUpperCase()}
              </span>
              <span class="chooser-name" dir="auto">
                {name}
              </span>
              <span class="chip">{t(`role_${role}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
