import { nl as talk } from "../../shared/messages/nl.ts";
import type { WidgetMessages } from "../languages.ts";

export const nl: WidgetMessages = {
  ...talk,

  messagePlaceholder: "Schrijf een bericht…",
  answersAtOnce: "Antwoordt meteen",
  talkingTo: "Je praat met {name}",
  closeChat: "Chat sluiten",
  menu: "Meer",
  sound: "Geluid afspelen",
  notification: "Meldingen tonen",
  newConversation: "Nieuw gesprek beginnen",
  suggestions: "Voorgestelde vragen",
  askingForPerson: "Aanvragen…",
  leadTitle: "Hoe kunnen we je bereiken?",
  notLoaded: "De chat kon niet worden geladen.",
  notStarted: "Je bericht kon niet worden verstuurd. Probeer het opnieuw.",
};
