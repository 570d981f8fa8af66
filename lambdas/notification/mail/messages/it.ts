import type { MailMessages } from "./mail-messages.ts";

export const it: MailMessages = {
  sender: "Live chat di {brand}",
  orOpenLink: "Oppure apra questo link:",
  reference: "Riferimento {reference}",
  conversation: "Conversazione",
  customerSection: "Cliente",
  newMessages: { one: "Nuovo messaggio", other: "Nuovi messaggi" },
  earlierLeftOut: "I messaggi precedenti qui sono omessi. La conversazione completa si trova al link.",
  file: "File: {name}",

  asksForPerson: "{customer} desidera parlare con una persona",
  nobodyAnswered: "La chat è in attesa e nessuno ha ancora risposto.",
  answeredBy: "Nel frattempo {agent} ha preso in carico la chat.",
  answeredByTeam: "Nel frattempo qualcuno del team ha preso in carico la chat.",
  endedMeanwhile: "Nel frattempo la chat è terminata.",
  botAnswersAgain: "Nel frattempo la chat è tornata all’IA.",
  replyFromLink: "Può rispondere direttamente dal link, senza accedere.",
  answerCustomer: "Rispondi al cliente",
  teamFooter:
    "Riceve questa e-mail perché il Suo indirizzo è impostato per le notifiche della live chat di {brand}; si può cambiare nelle impostazioni della live chat. Il link è Suo: chi lo possiede può rispondere in questa conversazione.",

  wroteAgain: "{customer} ha scritto di nuovo",
  nobodyLooking: {
    one: "C’è un nuovo messaggio in una chat che nessuno sta guardando.",
    other: "Ci sono {count} nuovi messaggi in una chat che nessuno sta guardando.",
  },

  hasAnswered: "{brand} Le ha risposto",
  unreadForYou: {
    one: "Ha un nuovo messaggio nella Sua chat con {brand}. Può continuare a leggere e rispondere dal link qui sotto.",
    other:
      "Ha {count} nuovi messaggi nella Sua chat con {brand}. Può continuare a leggere e rispondere dal link qui sotto.",
  },
  continueConversation: "Continua la conversazione",
  customerFooter:
    "Riceve questa e-mail perché questo indirizzo è stato lasciato in una chat sul sito di {brand}. Se non è stato Lei, ignori questa e-mail. Il link è Suo: chi lo possiede può leggere questa conversazione.",
  stopMails: "Non ricevere più e-mail su questa conversazione",

  transcriptTitle: "La Sua chat con {brand}",
  transcriptLead: "Questa è la Sua conversazione com’era il {moment}. Può continuarla in qualsiasi momento.",
  ownWordsLeftOut: "I Suoi messaggi non sono ripetuti qui. La conversazione completa si trova al link.",
  transcriptFooter:
    "Riceve questa e-mail perché è stata richiesta in una chat sul sito di {brand}. Se non è stato Lei, ignori questa e-mail. Il link è Suo: chi lo possiede può leggere questa conversazione.",

  ticketSubject: "{customer} desidera parlare con una persona (live chat)",
  ticketLead: "{customer} ha chiesto di parlare con una persona nella live chat di {brand}.",
  ticketLink: "Rispondi nella chat, senza accedere:",

  someCustomer: "Cliente",
  supportTeam: "Team di assistenza",
  theTeam: "Il team",
  bot: "{brand} (IA)",
  you: "Lei",
  customerAsked: "{customer} ha chiesto di parlare con una persona.",
  customerEnded: "{customer} ha terminato la conversazione.",
  customerReopened: "{customer} ha riaperto la conversazione.",
  youAsked: "Lei ha chiesto di parlare con una persona.",
  youEnded: "Lei ha terminato la conversazione.",
  youReopened: "Lei ha riaperto la conversazione.",
  teamTookOver: "{agent} ha preso in carico la chat.",
  teamEnded: "{agent} ha terminato la conversazione.",
  teamReopened: "{agent} ha riaperto la conversazione.",
  teamHandedBack: "{agent} ha restituito la conversazione all’IA.",

  factName: "Nome",
  factEmail: "E-mail",
  factPhone: "Telefono",
  factNotes: "Note",
  factCountry: "Paese",
  factIp: "Indirizzo IP",
  factPage: "Pagina",
  factReferrer: "Provenienza",
  factLanguage: "Lingua",
  factTimeZone: "Fuso orario",
  factBrowser: "Browser",
  factStarted: "Inizio",
  factAsked: "Ha chiesto una persona",
};
