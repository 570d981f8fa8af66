import type { JSX } from "preact";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { Icon } from "../shared/icons.tsx";
import type { WidgetMessages } from "./languages.ts";
import "./welcome.css";

export interface WelcomeProps {
  readonly brand: PublicChatbot["brand"];
  /** As it is to be shown. */
  readonly greeting: JSX.Element;
  readonly texts: WidgetMessages;
  /** Asks a suggested question; undefined once something has been said. */
  readonly onAsk: ((question: string) => void) | undefined;
}

/** The greeting, and questions to begin with. */
export function Welcome({ brand, greeting, texts, onAsk }: WelcomeProps): JSX.Element {
  const { suggestedQuestions } = brand;
  return (
    <>
      {brand.greeting !== "" && (
        <div class="message by-bot is-first is-last">
          <p class="message-author">
            <Icon name="spark" size={14} />
            {texts.assistant}
          </p>
          <div class="message-bubble">{greeting}</div>
        </div>
      )}
      {onAsk !== undefined && suggestedQuestions.length > 0 && (
        <ul class="welcome-questions" aria-label={texts.suggestions}>
          {suggestedQuestions.map((question) => (
            <li key={question}>
              <button type="button" dir="auto" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
