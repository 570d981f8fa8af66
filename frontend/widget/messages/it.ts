import { it as talk } from "../../shared/messages/it.ts";
import type { WidgetMessages } from "../languages.ts";

export const it: WidgetMessages = {
  ...talk,

  messagePlaceholder: "Scrivi un messaggio…",
  answersAtOnce: "Risponde subito",
  talkingTo: "Stai parlando con {name}",
  closeChat: "Chiudi la chat",
  menu: "Altro",
  sound: "Riproduci un suono",
  notification: "Mostra notifiche",
  newConversation: "Nuova conversazione",
  suggestions: "Domande suggerite",
  askingForPerson: "Richiesta in corso…",
  leadTitle: "Come possiamo contattarti?",
  notLoaded: "Non è stato possibile caricare la chat.",
  notStarted: "Non è stato possibile inviare il messaggio. Riprova.",
};
