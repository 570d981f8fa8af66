import type { MailMessages } from "./mail-messages.ts";

export const en: MailMessages = {
  sender: "{brand} Live Chat",
  orOpenLink: "Or open this link:",
  reference: "Reference {reference}",
  conversation: "Conversation",
  customerSection: "Customer",
  newMessages: { one: "New message", other: "New messages" },
  earlierLeftOut: "Earlier messages are left out here. The whole conversation is behind the link.",
  file: "File: {name}",

  asksForPerson: "{customer} would like to talk to a person",
  nobodyAnswered: "The chat is waiting and nobody has answered yet.",
  answeredBy: "{agent} has taken over the chat meanwhile.",
  answeredByTeam: "Somebody of the team has taken over the chat meanwhile.",
  endedMeanwhile: "The chat has ended meanwhile.",
  botAnswersAgain: "The chat has been handed back to the AI meanwhile.",
  replyFromLink: "You can reply right from the link, without logging in.",
  answerCustomer: "Answer the customer",
  teamFooter:
    "You get this because an owner of {brand} has set your address for live chat notifications; it can be changed in the live chat settings. The link is yours: whoever has it can answer this conversation.",

  wroteAgain: "{customer} has written again",
  nobodyLooking: {
    one: "There is a new message in a chat that nobody is looking at.",
    other: "There are {count} new messages in a chat that nobody is looking at.",
  },

  hasAnswered: "{brand} has answered you",
  unreadForYou: {
    one: "You have a new message in your chat with {brand}. You can read on and reply from the link below.",
    other: "You have {count} new messages in your chat with {brand}. You can read on and reply from the link below.",
  },
  continueConversation: "Continue the conversation",
  customerFooter:
    "You get this because this address was left in a chat on the web site of {brand}. If that was not you, ignore this mail. The link is yours: whoever has it can read this conversation.",
  stopMails: "No more e-mails about this conversation",

  transcriptTitle: "Your chat with {brand}",
  transcriptLead: "This is your conversation as it was on {moment}. You can go on with it at any time.",
  ownWordsLeftOut: "Your own messages are not repeated here. The whole conversation is behind the link.",
  transcriptFooter:
    "You get this because it was asked for in a chat on the web site of {brand}. If that was not you, ignore this mail. The link is yours: whoever has it can read this conversation.",

  ticketSubject: "{customer} would like to talk to a person (live chat)",
  ticketLead: "{customer} asked for a person in the live chat of {brand}.",
  ticketLink: "Answer in the chat, without logging in:",

  someCustomer: "Customer",
  supportTeam: "Support team",
  theTeam: "The team",
  bot: "{brand} (AI)",
  you: "You",
  customerAsked: "{customer} asked for a person.",
  customerEnded: "{customer} ended the conversation.",
  customerReopened: "{customer} reopened the conversation.",
  youAsked: "You asked for a person.",
  youEnded: "You ended the conversation.",
  youReopened: "You reopened the conversation.",
  teamTookOver: "{agent} took over.",
  teamEnded: "{agent} ended the conversation.",
  teamReopened: "{agent} reopened the conversation.",
  teamHandedBack: "{agent} handed the conversation back to the AI.",

  factName: "Name",
  factEmail: "E-mail",
  factPhone: "Phone",
  factNotes: "Notes",
  factCountry: "Country",
  factIp: "IP address",
  factPage: "Page",
  factReferrer: "Came from",
  factLanguage: "Language",
  factTimeZone: "Time zone",
  factBrowser: "Browser",
  factStarted: "Started",
  factAsked: "Asked for a person",
};
