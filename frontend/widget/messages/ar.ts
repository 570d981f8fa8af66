import { ar as talk } from "../../shared/messages/ar.ts";
import type { WidgetMessages } from "../languages.ts";

export const ar: WidgetMessages = {
  ...talk,

  messagePlaceholder: "اكتب رسالة…",
  answersAtOnce: "يجيب فورًا",
  talkingTo: "أنت تتحدث مع {name}",
  closeChat: "إغلاق الدردشة",
  menu: "المزيد",
  sound: "تشغيل صوت",
  notification: "إظهار الإشعارات",
  newConversation: "بدء محادثة جديدة",
  suggestions: "أسئلة مقترحة",
  askingForPerson: "جارٍ الطلب…",
  leadTitle: "كيف يمكننا الوصول إليك؟",
  notLoaded: "تعذّر تحميل الدردشة.",
  notStarted: "تعذّر إرسال رسالتك. يرجى المحاولة مرة أخرى.",
};
