import type { MailMessages } from "./mail-messages.ts";

export const pt: MailMessages = {
  sender: "Chat ao vivo {brand}",
  orOpenLink: "Ou abra este link:",
  reference: "Referência {reference}",
  conversation: "Conversa",
  customerSection: "Cliente",
  newMessages: { one: "Nova mensagem", other: "Novas mensagens" },
  earlierLeftOut: "As mensagens anteriores foram omitidas aqui. A conversa completa está no link.",
  file: "Arquivo: {name}",

  asksForPerson: "{customer} gostaria de falar com uma pessoa",
  nobodyAnswered: "O chat está à espera e ninguém respondeu ainda.",
  answeredBy: "Entretanto, {agent} assumiu o chat.",
  answeredByTeam: "Entretanto, alguém da equipe assumiu o chat.",
  endedMeanwhile: "Entretanto, o chat foi encerrado.",
  botAnswersAgain: "Entretanto, o chat foi devolvido à IA.",
  replyFromLink: "Você pode responder diretamente pelo link, sem fazer login.",
  answerCustomer: "Responder ao cliente",
  teamFooter:
    "Você recebe este e-mail porque seu endereço está configurado para as notificações do chat ao vivo de {brand}; isso pode ser alterado nas configurações do chat ao vivo. O link é seu: quem o tiver pode responder nesta conversa.",

  wroteAgain: "{customer} escreveu novamente",
  nobodyLooking: {
    one: "Há uma nova mensagem em um chat que ninguém está acompanhando.",
    other: "Há {count} novas mensagens em um chat que ninguém está acompanhando.",
  },

  hasAnswered: "{brand} respondeu a você",
  unreadForYou: {
    one: "Você tem uma nova mensagem no seu chat com {brand}. Pode continuar a ler e responder pelo link abaixo.",
    other:
      "Você tem {count} novas mensagens no seu chat com {brand}. Pode continuar a ler e responder pelo link abaixo.",
  },
  continueConversation: "Continuar a conversa",
  customerFooter:
    "Você recebe este e-mail porque este endereço foi deixado em um chat no site de {brand}. Se não foi você, ignore este e-mail. O link é seu: quem o tiver pode ler esta conversa.",
  stopMails: "Não receber mais e-mails sobre esta conversa",

  transcriptTitle: "Seu chat com {brand}",
  transcriptLead: "Esta é a sua conversa como estava em {moment}. Você pode continuá-la a qualquer momento.",
  ownWordsLeftOut: "As suas próprias mensagens não são repetidas aqui. A conversa completa está no link.",
  transcriptFooter:
    "Você recebe este e-mail porque ele foi pedido em um chat no site de {brand}. Se não foi você, ignore este e-mail. O link é seu: quem o tiver pode ler esta conversa.",

  ticketSubject: "{customer} gostaria de falar com uma pessoa (chat ao vivo)",
  ticketLead: "{customer} pediu para falar com uma pessoa no chat ao vivo de {brand}.",
  ticketLink: "Responder no chat, sem fazer login:",

  someCustomer: "Cliente",
  supportTeam: "Equipe de suporte",
  theTeam: "A equipe",
  bot: "{brand} (IA)",
  you: "Você",
  customerAsked: "{customer} pediu para falar com uma pessoa.",
  customerEnded: "{customer} encerrou a conversa.",
  customerReopened: "{customer} reabriu a conversa.",
  youAsked: "Você pediu para falar com uma pessoa.",
  youEnded: "Você encerrou a conversa.",
  youReopened: "Você reabriu a conversa.",
  teamTookOver: "{agent} assumiu.",
  teamEnded: "{agent} encerrou a conversa.",
  teamReopened: "{agent} reabriu a conversa.",
  teamHandedBack: "{agent} devolveu a conversa à IA.",

  factName: "Nome",
  factEmail: "E-mail",
  factPhone: "Telefone",
  factNotes: "Observações",
  factCountry: "País",
  factIp: "Endereço IP",
  factPage: "Página",
  factReferrer: "Veio de",
  factLanguage: "Idioma",
  factTimeZone: "Fuso horário",
  factBrowser: "Navegador",
  factStarted: "Início",
  factAsked: "Pediu uma pessoa",
};
