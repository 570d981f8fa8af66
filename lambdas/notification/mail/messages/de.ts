import type { MailMessages } from "./mail-messages.ts";

export const de: MailMessages = {
  sender: "{brand} Live-Chat",
  orOpenLink: "Oder diesen Link öffnen:",
  reference: "Vorgang {reference}",
  conversation: "Gespräch",
  customerSection: "Kundin oder Kunde",
  newMessages: { one: "Neue Nachricht", other: "Neue Nachrichten" },
  earlierLeftOut: "Frühere Nachrichten sind hier ausgelassen. Das ganze Gespräch finden Sie hinter dem Link.",
  file: "Datei: {name}",

  asksForPerson: "{customer} möchte mit einem Menschen sprechen",
  nobodyAnswered: "Der Chat wartet, und noch hat niemand geantwortet.",
  answeredBy: "{agent} hat den Chat inzwischen übernommen.",
  answeredByTeam: "Jemand aus dem Team hat den Chat inzwischen übernommen.",
  endedMeanwhile: "Der Chat ist inzwischen beendet.",
  botAnswersAgain: "Der Chat wurde inzwischen an die KI zurückgegeben.",
  replyFromLink: "Sie können direkt über den Link antworten, ohne Anmeldung.",
  answerCustomer: "Jetzt antworten",
  teamFooter:
    "Sie erhalten diese Mail, weil Ihre Adresse für Live-Chat-Benachrichtigungen von {brand} eingetragen ist; ändern lässt sich das in den Live-Chat-Einstellungen. Der Link gehört Ihnen: Wer ihn hat, kann in diesem Gespräch antworten.",

  wroteAgain: "{customer} hat wieder geschrieben",
  nobodyLooking: {
    one: "In einem Chat, den gerade niemand ansieht, ist eine neue Nachricht.",
    other: "In einem Chat, den gerade niemand ansieht, sind {count} neue Nachrichten.",
  },

  hasAnswered: "{brand} hat Ihnen geantwortet",
  unreadForYou: {
    one: "Sie haben eine neue Nachricht in Ihrem Chat mit {brand}. Über den Link unten können Sie weiterlesen und antworten.",
    other:
      "Sie haben {count} neue Nachrichten in Ihrem Chat mit {brand}. Über den Link unten können Sie weiterlesen und antworten.",
  },
  continueConversation: "Gespräch fortsetzen",
  customerFooter:
    "Sie erhalten diese Mail, weil diese Adresse in einem Chat auf der Website von {brand} angegeben wurde. Wenn Sie das nicht waren, ignorieren Sie diese Mail. Der Link gehört Ihnen: Wer ihn hat, kann dieses Gespräch lesen.",
  stopMails: "Keine Mails mehr zu diesem Gespräch",

  transcriptTitle: "Ihr Chat mit {brand}",
  transcriptLead: "Das ist Ihr Gespräch, Stand {moment}. Sie können es jederzeit fortsetzen.",
  ownWordsLeftOut:
    "Ihre eigenen Nachrichten werden hier nicht wiederholt. Das ganze Gespräch finden Sie hinter dem Link.",
  transcriptFooter:
    "Sie erhalten diese Mail, weil sie in einem Chat auf der Website von {brand} angefordert wurde. Wenn Sie das nicht waren, ignorieren Sie diese Mail. Der Link gehört Ihnen: Wer ihn hat, kann dieses Gespräch lesen.",

  ticketSubject: "{customer} möchte mit einem Menschen sprechen (Live-Chat)",
  ticketLead: "{customer} hat im Live-Chat von {brand} nach einem Menschen gefragt.",
  ticketLink: "Im Chat antworten, ohne Anmeldung:",

  someCustomer: "Kunde",
  supportTeam: "Support-Team",
  theTeam: "Das Team",
  bot: "{brand} (KI)",
  you: "Sie",
  customerAsked: "{customer} hat nach einem Menschen gefragt.",
  customerEnded: "{customer} hat das Gespräch beendet.",
  customerReopened: "{customer} hat das Gespräch wieder geöffnet.",
  youAsked: "Sie haben nach einem Menschen gefragt.",
  youEnded: "Sie haben das Gespräch beendet.",
  youReopened: "Sie haben das Gespräch wieder geöffnet.",
  teamTookOver: "{agent} hat übernommen.",
  teamEnded: "{agent} hat das Gespräch beendet.",
  teamReopened: "{agent} hat das Gespräch wieder geöffnet.",
  teamHandedBack: "{agent} hat das Gespräch an die KI zurückgegeben.",

  factName: "Name",
  factEmail: "E-Mail",
  factPhone: "Telefon",
  factNotes: "Anmerkungen",
  factCountry: "Land",
  factIp: "IP-Adresse",
  factPage: "Seite",
  factReferrer: "Gekommen von",
  factLanguage: "Sprache",
  factTimeZone: "Zeitzone",
  factBrowser: "Browser",
  factStarted: "Begonnen",
  factAsked: "Nach Mensch gefragt",
};
