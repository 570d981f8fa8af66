import { en as talk } from "../../shared/messages/en.ts";

/** The widget's texts in English; the other languages are typed by it. */
export const en = {
  ...talk,

  messagePlaceholder: "Write a message…",
  answersAtOnce: "Answers at once",
  talkingTo: "You are talking to {name}",
  closeChat: "Close chat",
  menu: "More",
  sound: "Play a sound",
  notification: "Show notifications",
  newConversation: "Start a new conversation",
  suggestions: "Suggested questions",
  askingForPerson: "Asking…",
  leadTitle: "How can we reach you?",
  notLoaded: "The chat could not be loaded.",
  notStarted: "Your message could not be sent. Please try again.",
} as const;
