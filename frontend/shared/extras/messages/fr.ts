import type { ExtrasMessages } from "../languages.ts";

export const fr: ExtrasMessages = {
  // Writing
  isTyping: "{name} écrit…",
  attachFiles: "Joindre des fichiers",
  dropFiles: "Déposez ici les fichiers à joindre",
  removeFile: "Retirer {name}",
  uploadFailed: "Non envoyé",
  tryAgain: "Réessayer",
  dismiss: "OK",
  fileProblem_type:
    "Ce type de fichier n’est pas accepté. Formats possibles : images, PDF, texte, CSV, ZIP, Word et Excel.",
  fileProblem_size: "Plus de 10 Mo",
  fileProblem_empty: "Le fichier est vide",
  fileProblem_count: "5 fichiers maximum par message",
  emoji: "Émojis",
  emojiFaces: "Visages",
  emojiPeople: "Personnes et gestes",
  emojiNature: "Animaux et nature",
  emojiFood: "Nourriture et loisirs",
  emojiThings: "Objets et symboles",

  // Reading
  download: "Télécharger {name}",
  notAvailable: "Non disponible",

  // Who answers when
  backAt: "De retour : {time}",
  answersIn: "Répond généralement en {time} environ",

  // Contact
  leadReason: "Si vous fermez cette page, nous vous répondrons par e-mail.",
  optional: "facultatif",
  save: "Enregistrer",
  saving: "Enregistrement…",
  skip: "Plus tard",
  cancel: "Annuler",
  leadSaved: "Merci. Nous pouvons désormais vous joindre, même si vous fermez cette page.",
  notSaved: "L’enregistrement a échoué. Veuillez réessayer.",
  fillIn: "Veuillez remplir ce champ.",
  wrongEmail: "Veuillez saisir une adresse e-mail comme ada@example.com.",
  wrongPhone: "Veuillez saisir un numéro comme +49 30 1234567.",

  // The end
  rateTitle: "Comment s’est passée cette conversation ?",
  score1: "Très mal",
  score2: "Mal",
  score3: "Correct",
  score4: "Bien",
  score5: "Très bien",
  ratingComment: "Souhaitez-vous ajouter quelque chose ?",
  sendRating: "Envoyer l’avis",
  ratingThanks: "Merci pour votre avis : {score}",
  changeRating: "Modifier",
  mailTranscript: "Recevoir la conversation par e-mail",
  transcriptEmail: "Adresse e-mail",
  sendTranscript: "Envoyer la conversation",
  transcriptSent: "La conversation est en route vers {email}.",
  notSent: "L’envoi a échoué. Veuillez réessayer.",

  // Privacy
  deleteConversation: "Supprimer cette conversation",
  deleteQuestion: "Supprimer cette conversation avec tous ses messages et fichiers ? Cette action est irréversible.",
  delete: "Supprimer",
  deleted: "La conversation a été supprimée.",
  notDeleted: "La suppression a échoué. Veuillez réessayer.",
  noLongerOpen: "Cette conversation ne peut pas continuer ici.",
};
