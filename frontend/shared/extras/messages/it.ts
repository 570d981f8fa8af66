import type { ExtrasMessages } from "../languages.ts";

export const it: ExtrasMessages = {
  // Writing
  isTyping: "{name} sta scrivendo…",
  attachFiles: "Allega file",
  dropFiles: "Trascina qui i file da allegare",
  removeFile: "Rimuovi {name}",
  uploadFailed: "Non caricato",
  tryAgain: "Riprova",
  dismiss: "OK",
  fileProblem_type:
    "Questo tipo di file non si può inviare. Puoi inviare immagini, PDF, testo, CSV, ZIP, Word ed Excel.",
  fileProblem_size: "Più grande di 10 MB",
  fileProblem_empty: "Il file è vuoto",
  fileProblem_count: "Al massimo 5 file per messaggio",
  emoji: "Emoji",
  emojiFaces: "Faccine",
  emojiPeople: "Persone e gesti",
  emojiNature: "Animali e natura",
  emojiFood: "Cibo e tempo libero",
  emojiThings: "Oggetti e simboli",

  // Reading
  download: "Scarica {name}",
  notAvailable: "Non disponibile",

  // Who answers when
  backAt: "Torniamo: {time}",
  answersIn: "Di solito risponde in circa {time}",

  // Contact
  leadReason: "Se chiudi questa pagina, ti rispondiamo via e-mail.",
  optional: "facoltativo",
  save: "Salva",
  saving: "Salvataggio…",
  skip: "Non ora",
  cancel: "Annulla",
  leadSaved: "Grazie. Ora possiamo contattarti anche se chiudi questa pagina.",
  notSaved: "Non è stato possibile salvare. Riprova.",
  fillIn: "Compila questo campo.",
  wrongEmail: "Inserisci un indirizzo e-mail come ada@example.com.",
  wrongPhone: "Inserisci un numero di telefono come +49 30 1234567.",

  // The end
  rateTitle: "Com’è andata questa conversazione?",
  score1: "Molto male",
  score2: "Male",
  score3: "Così così",
  score4: "Bene",
  score5: "Molto bene",
  ratingComment: "Vuoi aggiungere qualcosa?",
  sendRating: "Invia valutazione",
  ratingThanks: "Grazie per la tua valutazione: {score}",
  changeRating: "Modifica",
  mailTranscript: "Ricevi la conversazione via e-mail",
  transcriptEmail: "Indirizzo e-mail",
  sendTranscript: "Invia conversazione",
  transcriptSent: "La conversazione è in viaggio verso {email}.",
  notSent: "Non è stato possibile inviare. Riprova.",

  // Privacy
  deleteConversation: "Elimina questa conversazione",
  deleteQuestion: "Eliminare questa conversazione con tutti i messaggi e i file? L’operazione non si può annullare.",
  delete: "Elimina",
  deleted: "La conversazione è stata eliminata.",
  notDeleted: "Non è stato possibile eliminare. Riprova.",
  noLongerOpen: "Questa conversazione non può continuare qui.",
};
