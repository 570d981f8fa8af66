import type { ExtrasMessages } from "../languages.ts";

export const pt: ExtrasMessages = {
  // Writing
  isTyping: "{name} está digitando…",
  attachFiles: "Anexar arquivos",
  dropFiles: "Solte os arquivos aqui para anexar",
  removeFile: "Remover {name}",
  uploadFailed: "Não enviado",
  tryAgain: "Tentar de novo",
  dismiss: "OK",
  fileProblem_type: "Este tipo de arquivo não pode ser enviado. Imagens, PDF, texto, CSV, ZIP, Word e Excel podem.",
  fileProblem_size: "Maior que 10 MB",
  fileProblem_empty: "O arquivo está vazio",
  fileProblem_count: "No máximo 5 arquivos por mensagem",
  emoji: "Emojis",
  emojiFaces: "Rostos",
  emojiPeople: "Pessoas e gestos",
  emojiNature: "Animais e natureza",
  emojiFood: "Comida e lazer",
  emojiThings: "Objetos e símbolos",

  // Reading
  download: "Baixar {name}",
  notAvailable: "Indisponível",

  // Who answers when
  backAt: "Voltamos: {time}",
  answersIn: "Costuma responder em cerca de {time}",

  // Contact
  leadReason: "Se você fechar esta página, respondemos por e-mail.",
  optional: "opcional",
  save: "Salvar",
  saving: "Salvando…",
  skip: "Agora não",
  cancel: "Cancelar",
  leadSaved: "Obrigado. Agora podemos falar com você mesmo que feche esta página.",
  notSaved: "Não foi possível salvar. Tente de novo.",
  fillIn: "Preencha este campo.",
  wrongEmail: "Digite um e-mail como ada@example.com.",
  wrongPhone: "Digite um telefone como +49 30 1234567.",

  // The end
  rateTitle: "Como foi esta conversa?",
  score1: "Muito ruim",
  score2: "Ruim",
  score3: "Regular",
  score4: "Boa",
  score5: "Muito boa",
  ratingComment: "Quer acrescentar algo?",
  sendRating: "Enviar avaliação",
  ratingThanks: "Obrigado pela sua avaliação: {score}",
  changeRating: "Alterar",
  mailTranscript: "Receber a conversa por e-mail",
  transcriptEmail: "Endereço de e-mail",
  sendTranscript: "Enviar conversa",
  transcriptSent: "A conversa está a caminho de {email}.",
  notSent: "Não foi possível enviar. Tente de novo.",

  // Privacy
  deleteConversation: "Excluir esta conversa",
  deleteQuestion: "Excluir esta conversa com todas as mensagens e arquivos? Isso não pode ser desfeito.",
  delete: "Excluir",
  deleted: "A conversa foi excluída.",
  notDeleted: "Não foi possível excluir. Tente de novo.",
  noLongerOpen: "Esta conversa não pode continuar aqui.",
};
