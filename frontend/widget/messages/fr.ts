import { fr as talk } from "../../shared/messages/fr.ts";
import type { WidgetMessages } from "../languages.ts";

export const fr: WidgetMessages = {
  ...talk,

  messagePlaceholder: "Écrivez un message…",
  answersAtOnce: "Répond tout de suite",
  talkingTo: "Vous parlez avec {name}",
  closeChat: "Fermer le chat",
  menu: "Plus",
  sound: "Jouer un son",
  notification: "Afficher les notifications",
  newConversation: "Nouvelle conversation",
  suggestions: "Questions suggérées",
  askingForPerson: "Demande en cours…",
  leadTitle: "Comment pouvons-nous vous joindre ?",
  notLoaded: "Le chat n’a pas pu être chargé.",
  notStarted: "Votre message n’a pas pu être envoyé. Veuillez réessayer.",
};
