import type { ExtrasMessages } from "../languages.ts";

export const es: ExtrasMessages = {
  // Writing
  isTyping: "{name} está escribiendo…",
  attachFiles: "Adjuntar archivos",
  dropFiles: "Suelta aquí los archivos para adjuntarlos",
  removeFile: "Quitar {name}",
  uploadFailed: "No subido",
  tryAgain: "Reintentar",
  dismiss: "OK",
  fileProblem_type: "Este tipo de archivo no se puede enviar. Sí imágenes, PDF, texto, CSV, ZIP, Word y Excel.",
  fileProblem_size: "Supera los 10 MB",
  fileProblem_empty: "El archivo está vacío",
  fileProblem_count: "Máximo 5 archivos por mensaje",
  emoji: "Emojis",
  emojiFaces: "Caras",
  emojiPeople: "Personas y gestos",
  emojiNature: "Animales y naturaleza",
  emojiFood: "Comida y ocio",
  emojiThings: "Objetos y símbolos",

  // Reading
  download: "Descargar {name}",
  notAvailable: "No disponible",

  // Who answers when
  backAt: "Volvemos: {time}",
  answersIn: "Suele responder en unos {time}",

  // Contact
  leadReason: "Si cierras esta página, te respondemos por correo.",
  optional: "opcional",
  save: "Guardar",
  saving: "Guardando…",
  skip: "Ahora no",
  cancel: "Cancelar",
  leadSaved: "Gracias. Ya podemos contactarte aunque cierres esta página.",
  notSaved: "No se ha podido guardar. Inténtalo de nuevo.",
  fillIn: "Rellena este campo.",
  wrongEmail: "Escribe un correo como ada@example.com.",
  wrongPhone: "Escribe un teléfono como +49 30 1234567.",

  // The end
  rateTitle: "¿Qué te ha parecido esta conversación?",
  score1: "Muy mal",
  score2: "Mal",
  score3: "Regular",
  score4: "Bien",
  score5: "Muy bien",
  ratingComment: "¿Quieres añadir algo?",
  sendRating: "Enviar valoración",
  ratingThanks: "Gracias por tu valoración: {score}",
  changeRating: "Cambiar",
  mailTranscript: "Recibir la conversación por correo",
  transcriptEmail: "Correo electrónico",
  sendTranscript: "Enviar conversación",
  transcriptSent: "La conversación va de camino a {email}.",
  notSent: "No se ha podido enviar. Inténtalo de nuevo.",

  // Privacy
  deleteConversation: "Eliminar esta conversación",
  deleteQuestion: "¿Eliminar esta conversación con todos sus mensajes y archivos? No se puede deshacer.",
  delete: "Eliminar",
  deleted: "La conversación se ha eliminado.",
  notDeleted: "No se ha podido eliminar. Inténtalo de nuevo.",
  noLongerOpen: "Esta conversación no puede continuar aquí.",
};
