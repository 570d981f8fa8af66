import type { JSX } from "preact";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import type { Language } from "../shared/i18n.ts";
import { Icon } from "../shared/icons.tsx";
import { MessageText } from "../shared/text.tsx";
import "./welcome.css";

export interface WelcomeProps {
  readonly chatbot: PublicChatbot;
  readonly language: Language;
  /** Nothing has been said yet: questions are suggested. */
  readonly isEmpty: boolean;
  readonly onAsk: (question: string) => void;
}

/** The greeting, and questions to begin with. */
export function Welcome({ chatbot, language, isEmpty, onAsk }: WelcomeProps): JSX.Element {
  const { greeting, suggestedQuestions } = chatbot.brand;
  const { t } = language;
  return (
    <div class="welcome">
      {greeting !== "" && (
        <div class="message by-bot is-first is-last">
          <p class="message-author">
            <Icon name="spark" size={14} />
            {t("assistant")}
          </p>
          <div class="message-bubble">
            <MessageText text={greeting} />
          </div>
        </div>
      )}
      {isEmpty && suggestedQuestions.length > 0 && (
        <ul class="welcome-questions" aria-label={t("suggestions")}>
          {suggestedQuestions.map((question) => (
            <li key={question}>
              <button type="button" dir="auto" onClick={() => onAsk(question)}>
                {question}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
