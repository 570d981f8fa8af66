import type { MailMessages } from "./mail-messages.ts";

export const nl: MailMessages = {
  sender: "{brand} livechat",
  orOpenLink: "Of open deze link:",
  reference: "Referentie {reference}",
  conversation: "Gesprek",
  customerSection: "Klant",
  newMessages: { one: "Nieuw bericht", other: "Nieuwe berichten" },
  earlierLeftOut: "Eerdere berichten zijn hier weggelaten. Het hele gesprek vindt u via de link.",
  file: "Bestand: {name}",

  asksForPerson: "{customer} wil graag met een medewerker praten",
  nobodyAnswered: "De chat wacht en nog niemand heeft geantwoord.",
  answeredBy: "{agent} heeft de chat intussen overgenomen.",
  answeredByTeam: "Iemand van het team heeft de chat intussen overgenomen.",
  endedMeanwhile: "De chat is intussen beëindigd.",
  botAnswersAgain: "De chat is intussen teruggegeven aan de AI.",
  replyFromLink: "U kunt direct via de link antwoorden, zonder in te loggen.",
  answerCustomer: "Klant antwoorden",
  teamFooter:
    "U ontvangt deze e-mail omdat uw adres is ingesteld voor livechatmeldingen van {brand}; dat kan worden gewijzigd in de livechatinstellingen. De link is van u: wie hem heeft, kan in dit gesprek antwoorden.",

  wroteAgain: "{customer} heeft opnieuw geschreven",
  nobodyLooking: {
    one: "Er is een nieuw bericht in een chat die niemand bekijkt.",
    other: "Er zijn {count} nieuwe berichten in een chat die niemand bekijkt.",
  },

  hasAnswered: "{brand} heeft u geantwoord",
  unreadForYou: {
    one: "U hebt een nieuw bericht in uw chat met {brand}. Via de link hieronder kunt u verder lezen en antwoorden.",
    other:
      "U hebt {count} nieuwe berichten in uw chat met {brand}. Via de link hieronder kunt u verder lezen en antwoorden.",
  },
  continueConversation: "Gesprek voortzetten",
  customerFooter:
    "U ontvangt deze e-mail omdat dit adres is achtergelaten in een chat op de website van {brand}. Was u dat niet, negeer deze e-mail dan. De link is van u: wie hem heeft, kan dit gesprek lezen.",
  stopMails: "Geen e-mails meer over dit gesprek",

  transcriptTitle: "Uw chat met {brand}",
  transcriptLead: "Dit is uw gesprek zoals het was op {moment}. U kunt het op elk moment voortzetten.",
  ownWordsLeftOut: "Uw eigen berichten worden hier niet herhaald. Het hele gesprek vindt u via de link.",
  transcriptFooter:
    "U ontvangt deze e-mail omdat erom is gevraagd in een chat op de website van {brand}. Was u dat niet, negeer deze e-mail dan. De link is van u: wie hem heeft, kan dit gesprek lezen.",

  ticketSubject: "{customer} wil graag met een medewerker praten (livechat)",
  ticketLead: "{customer} heeft in de livechat van {brand} om een medewerker gevraagd.",
  ticketLink: "In de chat antwoorden, zonder in te loggen:",

  someCustomer: "Klant",
  supportTeam: "Supportteam",
  theTeam: "Het team",
  bot: "{brand} (AI)",
  you: "U",
  customerAsked: "{customer} vroeg om een medewerker.",
  customerEnded: "{customer} heeft het gesprek beëindigd.",
  customerReopened: "{customer} heeft het gesprek heropend.",
  youAsked: "U vroeg om een medewerker.",
  youEnded: "U hebt het gesprek beëindigd.",
  youReopened: "U hebt het gesprek heropend.",
  teamTookOver: "{agent} heeft overgenomen.",
  teamEnded: "{agent} heeft het gesprek beëindigd.",
  teamReopened: "{agent} heeft het gesprek heropend.",
  teamHandedBack: "{agent} heeft het gesprek teruggegeven aan de AI.",

  factName: "Naam",
  factEmail: "E-mail",
  factPhone: "Telefoon",
  factNotes: "Opmerkingen",
  factCountry: "Land",
  factIp: "IP-adres",
  factPage: "Pagina",
  factReferrer: "Kwam van",
  factLanguage: "Taal",
  factTimeZone: "Tijdzone",
  factBrowser: "Browser",
  factStarted: "Begonnen",
  factAsked: "Vroeg om medewerker",
};
