import type { MailMessages } from "./mail-messages.ts";

export const fr: MailMessages = {
  sender: "Chat en direct {brand}",
  orOpenLink: "Ou ouvrez ce lien :",
  reference: "Référence {reference}",
  conversation: "Conversation",
  customerSection: "Client",
  newMessages: { one: "Nouveau message", other: "Nouveaux messages" },
  earlierLeftOut: "Les messages précédents ne figurent pas ici. La conversation complète se trouve derrière le lien.",
  file: "Fichier : {name}",

  asksForPerson: "{customer} souhaite parler à une personne",
  nobodyAnswered: "Le chat est en attente et personne n’a encore répondu.",
  answeredBy: "Entre-temps, {agent} a pris le chat en charge.",
  answeredByTeam: "Entre-temps, un membre de l’équipe a pris le chat en charge.",
  endedMeanwhile: "Entre-temps, le chat a été terminé.",
  botAnswersAgain: "Entre-temps, le chat a été rendu à l’IA.",
  replyFromLink: "Vous pouvez répondre directement par le lien, sans vous connecter.",
  answerCustomer: "Répondre au client",
  teamFooter:
    "Vous recevez ce message parce que votre adresse est enregistrée pour les notifications du chat en direct de {brand} ; cela se modifie dans les réglages du chat en direct. Ce lien est personnel : quiconque le possède peut répondre dans cette conversation.",

  wroteAgain: "{customer} a de nouveau écrit",
  nobodyLooking: {
    one: "Il y a un nouveau message dans un chat que personne ne suit.",
    other: "Il y a {count} nouveaux messages dans un chat que personne ne suit.",
  },

  hasAnswered: "{brand} vous a répondu",
  unreadForYou: {
    one: "Vous avez un nouveau message dans votre chat avec {brand}. Le lien ci-dessous permet de lire la suite et de répondre.",
    other:
      "Vous avez {count} nouveaux messages dans votre chat avec {brand}. Le lien ci-dessous permet de lire la suite et de répondre.",
  },
  continueConversation: "Poursuivre la conversation",
  customerFooter:
    "Vous recevez ce message parce que cette adresse a été laissée dans un chat sur le site de {brand}. Si ce n’était pas vous, ignorez ce message. Ce lien est personnel : quiconque le possède peut lire cette conversation.",
  stopMails: "Ne plus recevoir d’e-mails au sujet de cette conversation",

  transcriptTitle: "Votre chat avec {brand}",
  transcriptLead: "Voici votre conversation telle qu’elle était le {moment}. Vous pouvez la poursuivre à tout moment.",
  ownWordsLeftOut: "Vos propres messages ne sont pas repris ici. La conversation complète se trouve derrière le lien.",
  transcriptFooter:
    "Vous recevez ce message parce qu’il a été demandé dans un chat sur le site de {brand}. Si ce n’était pas vous, ignorez ce message. Ce lien est personnel : quiconque le possède peut lire cette conversation.",

  ticketSubject: "{customer} souhaite parler à une personne (chat en direct)",
  ticketLead: "{customer} a demandé à parler à une personne dans le chat en direct de {brand}.",
  ticketLink: "Répondre dans le chat, sans se connecter :",

  someCustomer: "Client",
  supportTeam: "Équipe d’assistance",
  theTeam: "L’équipe",
  bot: "{brand} (IA)",
  you: "Vous",
  customerAsked: "{customer} a demandé à parler à une personne.",
  customerEnded: "{customer} a terminé la conversation.",
  customerReopened: "{customer} a rouvert la conversation.",
  youAsked: "Vous avez demandé à parler à une personne.",
  youEnded: "Vous avez terminé la conversation.",
  youReopened: "Vous avez rouvert la conversation.",
  teamTookOver: "{agent} a pris le relais.",
  teamEnded: "{agent} a terminé la conversation.",
  teamReopened: "{agent} a rouvert la conversation.",
  teamHandedBack: "{agent} a rendu la conversation à l’IA.",

  factName: "Nom",
  factEmail: "E-mail",
  factPhone: "Téléphone",
  factNotes: "Notes",
  factCountry: "Pays",
  factIp: "Adresse IP",
  factPage: "Page",
  factReferrer: "Provenance",
  factLanguage: "Langue",
  factTimeZone: "Fuseau horaire",
  factBrowser: "Navigateur",
  factStarted: "Début",
  factAsked: "Personne demandée",
};
