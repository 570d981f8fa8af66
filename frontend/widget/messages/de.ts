import { de as talk } from "../../shared/messages/de.ts";
import type { WidgetMessages } from "../languages.ts";

export const de: WidgetMessages = {
  ...talk,

  messagePlaceholder: "Nachricht schreiben …",
  answersAtOnce: "Antwortet sofort",
  talkingTo: "Sie sprechen mit {name}",
  closeChat: "Chat schließen",
  menu: "Mehr",
  sound: "Ton abspielen",
  notification: "Benachrichtigungen zeigen",
  newConversation: "Neues Gespräch beginnen",
  suggestions: "Vorgeschlagene Fragen",
  askingForPerson: "Wird angefragt …",
  leadTitle: "Wie können wir Sie erreichen?",
  notLoaded: "Der Chat konnte nicht geladen werden.",
  notStarted: "Ihre Nachricht konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.",
};
