import type { MailMessages } from "./mail-messages.ts";

export const ja: MailMessages = {
  sender: "{brand} ライブチャット",
  orOpenLink: "またはこのリンクを開いてください：",
  reference: "受付番号 {reference}",
  conversation: "会話",
  customerSection: "お客様",
  newMessages: { other: "新着メッセージ" },
  earlierLeftOut: "以前のメッセージは省略されています。会話の全文はリンク先でご覧いただけます。",
  file: "ファイル：{name}",

  asksForPerson: "{customer} 様が担当者との会話を希望しています",
  nobodyAnswered: "チャットは待機中で、まだ誰も返信していません。",
  answeredBy: "その後、{agent} がチャットを引き継ぎました。",
  answeredByTeam: "その後、チームの担当者がチャットを引き継ぎました。",
  endedMeanwhile: "その後、チャットは終了しました。",
  botAnswersAgain: "その後、チャットは AI に戻されました。",
  replyFromLink: "ログインせずに、リンクから直接返信できます。",
  answerCustomer: "お客様に返信する",
  teamFooter:
    "このメールは、お使いのアドレスが {brand} のライブチャット通知先に設定されているため送信されました。ライブチャットの設定で変更できます。リンクはあなた専用です。リンクを知っている人は誰でもこの会話に返信できます。",

  wroteAgain: "{customer} 様から新しいメッセージが届きました",
  nobodyLooking: { other: "誰も見ていないチャットに新着メッセージが {count} 件あります。" },

  hasAnswered: "{brand} から返信がありました",
  unreadForYou: {
    other: "{brand} とのチャットに新着メッセージが {count} 件あります。下のリンクから続きを読んで返信できます。",
  },
  continueConversation: "会話を続ける",
  customerFooter:
    "このメールは、{brand} のウェブサイトのチャットでこのアドレスが入力されたため送信されました。お心当たりがない場合は、このメールを無視してください。リンクはお客様専用です。リンクを知っている人は誰でもこの会話を読むことができます。",
  stopMails: "この会話に関するメールを停止する",

  transcriptTitle: "{brand} とのチャット",
  transcriptLead: "{moment} 時点の会話です。いつでも続けることができます。",
  ownWordsLeftOut: "お客様ご自身のメッセージはここには記載していません。会話の全文はリンク先でご覧いただけます。",
  transcriptFooter:
    "このメールは、{brand} のウェブサイトのチャットでご依頼があったため送信されました。お心当たりがない場合は、このメールを無視してください。リンクはお客様専用です。リンクを知っている人は誰でもこの会話を読むことができます。",

  ticketSubject: "{customer} 様が担当者との会話を希望しています（ライブチャット）",
  ticketLead: "{customer} 様が {brand} のライブチャットで担当者を希望しました。",
  ticketLink: "ログインせずにチャットで返信：",

  someCustomer: "ゲスト",
  supportTeam: "サポートチーム",
  theTeam: "チーム",
  bot: "{brand}（AI）",
  you: "お客様",
  customerAsked: "{customer} 様が担当者を希望しました。",
  customerEnded: "{customer} 様が会話を終了しました。",
  customerReopened: "{customer} 様が会話を再開しました。",
  youAsked: "担当者を希望されました。",
  youEnded: "会話を終了されました。",
  youReopened: "会話を再開されました。",
  teamTookOver: "{agent} が引き継ぎました。",
  teamEnded: "{agent} が会話を終了しました。",
  teamReopened: "{agent} が会話を再開しました。",
  teamHandedBack: "{agent} が会話を AI に戻しました。",

  factName: "名前",
  factEmail: "メールアドレス",
  factPhone: "電話番号",
  factNotes: "備考",
  factCountry: "国",
  factIp: "IP アドレス",
  factPage: "ページ",
  factReferrer: "参照元",
  factLanguage: "言語",
  factTimeZone: "タイムゾーン",
  factBrowser: "ブラウザー",
  factStarted: "開始",
  factAsked: "担当者の希望",
};
