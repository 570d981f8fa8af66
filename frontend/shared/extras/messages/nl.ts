import type { ExtrasMessages } from "../languages.ts";

export const nl: ExtrasMessages = {
  // Writing
  isTyping: "{name} is aan het typen…",
  attachFiles: "Bestanden toevoegen",
  dropFiles: "Sleep bestanden hierheen om ze toe te voegen",
  removeFile: "{name} verwijderen",
  uploadFailed: "Niet geüpload",
  tryAgain: "Opnieuw proberen",
  dismiss: "OK",
  fileProblem_type:
    "Dit soort bestand kan niet worden verstuurd. Wel: afbeeldingen, pdf, tekst, csv, zip, Word en Excel.",
  fileProblem_size: "Groter dan 10 MB",
  fileProblem_empty: "Het bestand is leeg",
  fileProblem_count: "Maximaal 5 bestanden per bericht",
  emoji: "Emoji",
  emojiFaces: "Gezichten",
  emojiPeople: "Mensen en gebaren",
  emojiNature: "Dieren en natuur",
  emojiFood: "Eten en vrije tijd",
  emojiThings: "Dingen en symbolen",

  // Reading
  download: "{name} downloaden",
  notAvailable: "Niet beschikbaar",

  // Who answers when
  backAt: "We zijn terug: {time}",
  answersIn: "Antwoordt meestal binnen ongeveer {time}",

  // Contact
  leadReason: "Sluit je deze pagina, dan antwoorden we hier per e-mail.",
  optional: "optioneel",
  save: "Opslaan",
  saving: "Opslaan…",
  skip: "Niet nu",
  cancel: "Annuleren",
  leadSaved: "Bedankt. We kunnen je nu bereiken, ook als je deze pagina sluit.",
  notSaved: "Opslaan is niet gelukt. Probeer het opnieuw.",
  fillIn: "Vul dit in.",
  wrongEmail: "Vul een e-mailadres in zoals ada@example.com.",
  wrongPhone: "Vul een telefoonnummer in zoals +49 30 1234567.",

  // The end
  rateTitle: "Hoe was dit gesprek?",
  score1: "Heel slecht",
  score2: "Slecht",
  score3: "Oké",
  score4: "Goed",
  score5: "Heel goed",
  ratingComment: "Wil je nog iets toevoegen?",
  sendRating: "Beoordeling versturen",
  ratingThanks: "Bedankt voor je beoordeling: {score}",
  changeRating: "Wijzigen",
  mailTranscript: "Mail mij het gesprek",
  transcriptEmail: "E-mailadres",
  sendTranscript: "Gesprek versturen",
  transcriptSent: "Het gesprek is onderweg naar {email}.",
  notSent: "Versturen is niet gelukt. Probeer het opnieuw.",

  // Privacy
  deleteConversation: "Dit gesprek verwijderen",
  deleteQuestion: "Dit gesprek met alle berichten en bestanden verwijderen? Dit kan niet ongedaan worden gemaakt.",
  delete: "Verwijderen",
  deleted: "Het gesprek is verwijderd.",
  notDeleted: "Verwijderen is niet gelukt. Probeer het opnieuw.",
  noLongerOpen: "Dit gesprek kan hier niet verdergaan.",
};
