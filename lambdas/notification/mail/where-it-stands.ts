import type { ConversationHead } from "../../domain/conversation.ts";
import { visibleLine } from "../visible-text.ts";
import type { MailLanguage } from "./language.ts";

/** Whether somebody is needed still: an answer may have been quicker than the mail. */
export function whereItStands(
  { status, assignee }: Pick<ConversationHead, "status" | "assignee">,
  language: Pick<MailLanguage, "say">,
): string {
  switch (status) {
    case "unassigned":
      return language.say("nobodyAnswered");
    case "open":
      return assignee === undefined || assignee.name === ""
        ? language.say("answeredByTeam")
        : language.say("answeredBy", { agent: visibleLine(assignee.name, 60) });
    case "ended":
      return language.say("endedMeanwhile");
    case "unrequested":
      return language.say("botAnswersAgain");
  }
}
