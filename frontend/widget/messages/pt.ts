import { pt as talk } from "../../shared/messages/pt.ts";
import type { WidgetMessages } from "../languages.ts";

export const pt: WidgetMessages = {
  ...talk,

  messagePlaceholder: "Escreva uma mensagem…",
  answersAtOnce: "Responde na hora",
  talkingTo: "Você está falando com {name}",
  closeChat: "Fechar o chat",
  menu: "Mais",
  sound: "Tocar um som",
  notification: "Mostrar notificações",
  newConversation: "Começar nova conversa",
  suggestions: "Perguntas sugeridas",
  askingForPerson: "Solicitando…",
  leadTitle: "Como podemos falar com você?",
  notLoaded: "Não foi possível carregar o chat.",
  notStarted: "Não foi possível enviar sua mensagem. Tente de novo.",
};
