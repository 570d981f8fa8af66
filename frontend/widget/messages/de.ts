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
  leadReason: "Wenn Sie diese Seite schließen, antworten wir hierhin per E-Mail.",
  optional: "freiwillig",
  save: "Speichern",
  saving: "Wird gespeichert …",
  skip: "Jetzt nicht",
  leadSaved: "Danke. Jetzt erreichen wir Sie, auch wenn Sie diese Seite schließen.",
  notSaved: "Das konnte nicht gespeichert werden. Bitte versuchen Sie es noch einmal.",
  notLoaded: "Der Chat konnte nicht geladen werden.",
  notStarted: "Ihre Nachricht konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.",
};
