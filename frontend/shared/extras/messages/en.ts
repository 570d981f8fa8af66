/**
 * Texts of what a conversation has beyond plain messages, in English; the other languages are typed by it. They come
 * with those parts, after the first drawing, and so stand apart from the other texts.
 */
export const en = {
  // Writing
  isTyping: "{name} is typing…",
  attachFiles: "Attach files",
  dropFiles: "Drop files to attach them",
  removeFile: "Remove {name}",
  uploadFailed: "Not uploaded",
  tryAgain: "Try again",
  dismiss: "OK",
  fileProblem_type: "This kind of file can’t be sent. Pictures, PDF, text, CSV, ZIP, Word and Excel can.",
  fileProblem_size: "Larger than 10 MB",
  fileProblem_empty: "The file is empty",
  fileProblem_count: "At most 5 files in one message",
  emoji: "Emoji",
  emojiFaces: "Faces",
  emojiPeople: "People and gestures",
  emojiNature: "Animals and nature",
  emojiFood: "Food and free time",
  emojiThings: "Things and signs",

  // Reading
  download: "Download {name}",
  notAvailable: "Not available",

  // Who answers when
  backAt: "We’re back {time}",
  answersIn: "Usually answers in about {time}",

  // Contact
  leadReason: "If you close this page, we answer here by e-mail.",
  optional: "optional",
  save: "Save",
  saving: "Saving…",
  skip: "Not now",
  cancel: "Cancel",
  leadSaved: "Thank you. We can reach you now, even if you close this page.",
  notSaved: "That could not be saved. Please try again.",
  fillIn: "Please fill this in.",
  wrongEmail: "Please enter an e-mail address such as ada@example.com.",
  wrongPhone: "Please enter a phone number such as +49 30 1234567.",

  // The end
  rateTitle: "How was this conversation?",
  score1: "Very bad",
  score2: "Bad",
  score3: "Okay",
  score4: "Good",
  score5: "Very good",
  ratingComment: "What would you like to add?",
  sendRating: "Send rating",
  ratingThanks: "Thank you for your rating: {score}",
  changeRating: "Change",
  mailTranscript: "Mail me the transcript",
  transcriptEmail: "E-mail address",
  sendTranscript: "Send transcript",
  transcriptSent: "The transcript is on its way to {email}.",
  notSent: "That could not be sent. Please try again.",

  // Privacy
  deleteConversation: "Delete this conversation",
  deleteQuestion: "Delete this conversation with all messages and files? This can’t be undone.",
  delete: "Delete",
  deleted: "The conversation was deleted.",
  notDeleted: "That could not be deleted. Please try again.",
  noLongerOpen: "This conversation can’t be continued here.",
} as const;
