import { ja as talk } from "../../shared/messages/ja.ts";
import type { WidgetMessages } from "../languages.ts";

export const ja: WidgetMessages = {
  ...talk,

  messagePlaceholder: "メッセージを入力…",
  answersAtOnce: "すぐに回答します",
  talkingTo: "{name}さんと会話中です",
  closeChat: "チャットを閉じる",
  menu: "その他",
  sound: "音を鳴らす",
  notification: "通知を表示",
  newConversation: "新しい会話を始める",
  suggestions: "質問の例",
  askingForPerson: "依頼中…",
  leadTitle: "ご連絡先を教えてください",
  notLoaded: "チャットを読み込めませんでした。",
  notStarted: "メッセージを送信できませんでした。もう一度お試しください。",
};
