import type { MailMessages } from "./mail-messages.ts";

export const es: MailMessages = {
  sender: "Chat en vivo de {brand}",
  orOpenLink: "O abra este enlace:",
  reference: "Referencia {reference}",
  conversation: "Conversación",
  customerSection: "Cliente",
  newMessages: { one: "Mensaje nuevo", other: "Mensajes nuevos" },
  earlierLeftOut: "Los mensajes anteriores se han omitido aquí. La conversación completa está en el enlace.",
  file: "Archivo: {name}",

  asksForPerson: "{customer} quiere hablar con una persona",
  nobodyAnswered: "El chat está esperando y nadie ha respondido todavía.",
  answeredBy: "Mientras tanto, {agent} se ha hecho cargo del chat.",
  answeredByTeam: "Mientras tanto, alguien del equipo se ha hecho cargo del chat.",
  endedMeanwhile: "Mientras tanto, el chat ha terminado.",
  botAnswersAgain: "Mientras tanto, el chat ha vuelto a la IA.",
  replyFromLink: "Puede responder directamente desde el enlace, sin iniciar sesión.",
  answerCustomer: "Responder al cliente",
  teamFooter:
    "Recibe este mensaje porque su dirección está configurada para las notificaciones del chat en vivo de {brand}; se puede cambiar en los ajustes del chat en vivo. El enlace es suyo: quien lo tenga puede responder en esta conversación.",

  wroteAgain: "{customer} ha vuelto a escribir",
  nobodyLooking: {
    one: "Hay un mensaje nuevo en un chat que nadie está mirando.",
    other: "Hay {count} mensajes nuevos en un chat que nadie está mirando.",
  },

  hasAnswered: "{brand} le ha respondido",
  unreadForYou: {
    one: "Tiene un mensaje nuevo en su chat con {brand}. Puede seguir leyendo y responder desde el enlace de abajo.",
    other:
      "Tiene {count} mensajes nuevos en su chat con {brand}. Puede seguir leyendo y responder desde el enlace de abajo.",
  },
  continueConversation: "Continuar la conversación",
  customerFooter:
    "Recibe este mensaje porque esta dirección se dejó en un chat del sitio web de {brand}. Si no fue usted, ignore este mensaje. El enlace es suyo: quien lo tenga puede leer esta conversación.",
  stopMails: "No recibir más correos sobre esta conversación",

  transcriptTitle: "Su chat con {brand}",
  transcriptLead: "Esta es su conversación tal como estaba el {moment}. Puede continuarla cuando quiera.",
  ownWordsLeftOut: "Sus propios mensajes no se repiten aquí. La conversación completa está en el enlace.",
  transcriptFooter:
    "Recibe este mensaje porque se pidió en un chat del sitio web de {brand}. Si no fue usted, ignore este mensaje. El enlace es suyo: quien lo tenga puede leer esta conversación.",

  ticketSubject: "{customer} quiere hablar con una persona (chat en vivo)",
  ticketLead: "{customer} ha pedido hablar con una persona en el chat en vivo de {brand}.",
  ticketLink: "Responder en el chat, sin iniciar sesión:",

  someCustomer: "Cliente",
  supportTeam: "Equipo de soporte",
  theTeam: "El equipo",
  bot: "{brand} (IA)",
  you: "Usted",
  customerAsked: "{customer} pidió hablar con una persona.",
  customerEnded: "{customer} terminó la conversación.",
  customerReopened: "{customer} reabrió la conversación.",
  youAsked: "Usted pidió hablar con una persona.",
  youEnded: "Usted terminó la conversación.",
  youReopened: "Usted reabrió la conversación.",
  teamTookOver: "{agent} se hizo cargo.",
  teamEnded: "{agent} terminó la conversación.",
  teamReopened: "{agent} reabrió la conversación.",
  teamHandedBack: "{agent} devolvió la conversación a la IA.",

  factName: "Nombre",
  factEmail: "Correo electrónico",
  factPhone: "Teléfono",
  factNotes: "Notas",
  factCountry: "País",
  factIp: "Dirección IP",
  factPage: "Página",
  factReferrer: "Procedencia",
  factLanguage: "Idioma",
  factTimeZone: "Zona horaria",
  factBrowser: "Navegador",
  factStarted: "Inicio",
  factAsked: "Pidió una persona",
};
