import type { MailMessages } from "./mail-messages.ts";

export const ar: MailMessages = {
  sender: "الدردشة المباشرة – {brand}",
  orOpenLink: "أو افتح هذا الرابط:",
  reference: "الرقم المرجعي {reference}",
  conversation: "المحادثة",
  customerSection: "العميل",
  newMessages: { one: "رسالة جديدة", two: "رسالتان جديدتان", other: "رسائل جديدة" },
  earlierLeftOut: "حُذفت الرسائل الأقدم هنا. تجد المحادثة كاملة عبر الرابط.",
  file: "ملف: {name}",

  asksForPerson: "يرغب {customer} في التحدث إلى موظف",
  nobodyAnswered: "المحادثة في الانتظار ولم يُجب أحد بعد.",
  answeredBy: "تولّى {agent} المحادثة في هذه الأثناء.",
  answeredByTeam: "تولّى أحد أعضاء الفريق المحادثة في هذه الأثناء.",
  endedMeanwhile: "انتهت المحادثة في هذه الأثناء.",
  botAnswersAgain: "أُعيدت المحادثة إلى المساعد الآلي في هذه الأثناء.",
  replyFromLink: "يمكنك الرد مباشرة عبر الرابط دون تسجيل الدخول.",
  answerCustomer: "الرد على العميل",
  teamFooter:
    "وصلتك هذه الرسالة لأن عنوانك مسجَّل لإشعارات الدردشة المباشرة لدى {brand}، ويمكن تغيير ذلك في إعدادات الدردشة المباشرة. الرابط خاص بك: كل من يملكه يستطيع الرد في هذه المحادثة.",

  wroteAgain: "كتب {customer} من جديد",
  nobodyLooking: {
    one: "هناك رسالة جديدة في محادثة لا يتابعها أحد.",
    two: "هناك رسالتان جديدتان في محادثة لا يتابعها أحد.",
    few: "هناك {count} رسائل جديدة في محادثة لا يتابعها أحد.",
    other: "هناك {count} رسالة جديدة في محادثة لا يتابعها أحد.",
  },

  hasAnswered: "ردّ عليك فريق {brand}",
  unreadForYou: {
    one: "لديك رسالة جديدة في محادثتك مع {brand}. يمكنك متابعة القراءة والرد عبر الرابط أدناه.",
    two: "لديك رسالتان جديدتان في محادثتك مع {brand}. يمكنك متابعة القراءة والرد عبر الرابط أدناه.",
    few: "لديك {count} رسائل جديدة في محادثتك مع {brand}. يمكنك متابعة القراءة والرد عبر الرابط أدناه.",
    other: "لديك {count} رسالة جديدة في محادثتك مع {brand}. يمكنك متابعة القراءة والرد عبر الرابط أدناه.",
  },
  continueConversation: "متابعة المحادثة",
  customerFooter:
    "وصلتك هذه الرسالة لأن هذا العنوان تُرك في محادثة على موقع {brand}. إن لم تكن أنت من فعل ذلك فتجاهل هذه الرسالة. الرابط خاص بك: كل من يملكه يستطيع قراءة هذه المحادثة.",
  stopMails: "إيقاف الرسائل البريدية بشأن هذه المحادثة",

  transcriptTitle: "محادثتك مع {brand}",
  transcriptLead: "هذه محادثتك كما كانت في {moment}. يمكنك متابعتها في أي وقت.",
  ownWordsLeftOut: "لم تُكرَّر رسائلك هنا. تجد المحادثة كاملة عبر الرابط.",
  transcriptFooter:
    "وصلتك هذه الرسالة لأنها طُلبت في محادثة على موقع {brand}. إن لم تكن أنت من طلبها فتجاهل هذه الرسالة. الرابط خاص بك: كل من يملكه يستطيع قراءة هذه المحادثة.",

  ticketSubject: "يرغب {customer} في التحدث إلى موظف (الدردشة المباشرة)",
  ticketLead: "طلب {customer} التحدث إلى موظف في الدردشة المباشرة لدى {brand}.",
  ticketLink: "الرد في المحادثة دون تسجيل الدخول:",

  someCustomer: "عميل",
  supportTeam: "فريق الدعم",
  theTeam: "الفريق",
  bot: "{brand} (مساعد آلي)",
  you: "أنت",
  customerAsked: "طلب {customer} التحدث إلى موظف.",
  customerEnded: "أنهى {customer} المحادثة.",
  customerReopened: "أعاد {customer} فتح المحادثة.",
  youAsked: "طلبتَ التحدث إلى موظف.",
  youEnded: "أنهيتَ المحادثة.",
  youReopened: "أعدتَ فتح المحادثة.",
  teamTookOver: "تولّى {agent} المحادثة.",
  teamEnded: "أنهى {agent} المحادثة.",
  teamReopened: "أعاد {agent} فتح المحادثة.",
  teamHandedBack: "أعاد {agent} المحادثة إلى المساعد الآلي.",

  factName: "الاسم",
  factEmail: "البريد الإلكتروني",
  factPhone: "الهاتف",
  factNotes: "ملاحظات",
  factCountry: "البلد",
  factIp: "عنوان IP",
  factPage: "الصفحة",
  factReferrer: "جاء من",
  factLanguage: "اللغة",
  factTimeZone: "المنطقة الزمنية",
  factBrowser: "المتصفح",
  factStarted: "البداية",
  factAsked: "طلب موظفًا",
};
