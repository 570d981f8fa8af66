/** What the `knowledge` responder says of itself. Its answers are the owner's own documents, in the owner's language. */
export interface Phrases {
  readonly greeting: string;
  readonly thanks: string;
  readonly goodbye: string;
  readonly iAmABot: string;
  readonly human: string;
  readonly unknown: string;
}

const english: Phrases = {
  greeting: "Hello! What would you like to know?",
  thanks: "You're welcome! Is there anything else?",
  goodbye: "Goodbye, and come back whenever you have a question.",
  iAmABot: "I'm an automatic assistant: I answer from the documents that I was given.",
  human: "Of course. Press the button below and somebody of the team will take over here.",
  unknown: "I'm sorry, I don't know that. Somebody of the team can tell you.",
};

const byLanguage: Readonly<Record<string, Phrases>> = {
  en: english,
  de: {
    greeting: "Hallo! Was möchten Sie wissen?",
    thanks: "Gern geschehen! Kann ich noch etwas für Sie tun?",
    goodbye: "Auf Wiedersehen, und melden Sie sich jederzeit mit einer Frage.",
    iAmABot: "Ich bin ein automatischer Assistent und antworte aus den Dokumenten, die ich habe.",
    human: "Natürlich. Mit der Schaltfläche unten übernimmt hier jemand aus dem Team.",
    unknown: "Das weiß ich leider nicht. Jemand aus dem Team kann es Ihnen sagen.",
  },
  fr: {
    greeting: "Bonjour ! Que souhaitez-vous savoir ?",
    thanks: "Avec plaisir ! Puis-je vous aider pour autre chose ?",
    goodbye: "Au revoir, et n'hésitez pas à revenir avec une question.",
    iAmABot: "Je suis un assistant automatique : je réponds à partir des documents qui m'ont été confiés.",
    human: "Bien sûr. Utilisez le bouton ci-dessous et une personne de l'équipe prendra le relais.",
    unknown: "Je suis désolé, je ne le sais pas. Une personne de l'équipe peut vous répondre.",
  },
  es: {
    greeting: "¡Hola! ¿Qué le gustaría saber?",
    thanks: "¡De nada! ¿Puedo ayudarle en algo más?",
    goodbye: "Adiós, y vuelva cuando tenga una pregunta.",
    iAmABot: "Soy un asistente automático: respondo a partir de los documentos que me han dado.",
    human: "Por supuesto. Pulse el botón de abajo y alguien del equipo continuará aquí.",
    unknown: "Lo siento, no lo sé. Alguien del equipo puede decírselo.",
  },
};

export function phrasesFor(locale: string): Phrases {
  const language = locale.slice(0, 2);
  return (Object.hasOwn(byLanguage, language) ? byLanguage[language] : undefined) ?? english;
}

export type SmallTalk = Exclude<keyof Phrases, "unknown">;

/** Short messages that are no questions, in the languages of the phrases. They are matched as a whole. */
const smallTalk: readonly (readonly [SmallTalk, RegExp])[] = [
  [
    "human",
    /\b(human|(real|live|actual) (person|agent|human)|(speak|talk|chat|connect me) (to|with) (a |an |some|your |the )?(person|agent|someone|somebody|team|support|representative|human|one|body)|mensch|mitarbeiter|persona real|vraie personne|un humain)\b/u,
  ],
  [
    "iAmABot",
    /^(are you (a |an )?(bot|robot|ai|real|machine|chatbot)|is this (a )?(bot|ai)|who are you|what are you|bist du ein (bot|roboter)|es-tu un (bot|robot))\b/u,
  ],
  [
    "greeting",
    /^(hi|hello|hey|hiya|howdy|yo|greetings|good (morning|afternoon|evening|day)|hallo|guten (tag|morgen|abend)|moin|bonjour|salut|bonsoir|hola|buenos (dias|tardes)|ciao)( there| all| team| everyone| you)?$/u,
  ],
  [
    "thanks",
    /^((ok|okay|great|perfect|cool|super)( |$))*(thanks?( you)?|thank you|thx|ty|cheers|danke( schon)?|vielen dank|merci( beaucoup)?|gracias|muchas gracias)( so much| very much| a lot| again| for (your|the) help| that helped?| for that)*$|^((that )?(helps|helped)|(ok|okay|great|perfect|cool|awesome|got it|understood)( ok| great| perfect)?)$/u,
  ],
  [
    "goodbye",
    /^(bye( bye)?|goodbye|see (you|ya)( later)?|have a (nice|good|great) (day|evening|weekend)|tschuss|auf wiedersehen|au revoir|adios|hasta luego)$/u,
  ],
];

export function smallTalkOf(question: string): SmallTalk | undefined {
  const plain = question
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s'-]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  if (plain === "" || plain.length > 120) return undefined;
  return smallTalk.find(([, pattern]) => pattern.test(plain))?.[0];
}
