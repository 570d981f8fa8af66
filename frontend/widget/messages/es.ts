import { es as talk } from "../../shared/messages/es.ts";
import type { WidgetMessages } from "../languages.ts";

export const es: WidgetMessages = {
  ...talk,

  messagePlaceholder: "Escribe un mensaje…",
  answersAtOnce: "Responde al instante",
  talkingTo: "Estás hablando con {name}",
  closeChat: "Cerrar el chat",
  menu: "Más",
  sound: "Reproducir un sonido",
  notification: "Mostrar notificaciones",
  newConversation: "Empezar otra conversación",
  suggestions: "Preguntas sugeridas",
  askingForPerson: "Avisando…",
  leadTitle: "¿Cómo podemos contactarte?",
  notLoaded: "No se ha podido cargar el chat.",
  notStarted: "No se ha podido enviar tu mensaje. Inténtalo de nuevo.",
};
