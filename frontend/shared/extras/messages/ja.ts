import type { ExtrasMessages } from "../languages.ts";

export const ja: ExtrasMessages = {
  // Writing
  isTyping: "{name}さんが入力中…",
  attachFiles: "ファイルを添付",
  dropFiles: "ここにドロップして添付",
  removeFile: "{name}を削除",
  uploadFailed: "未アップロード",
  tryAgain: "再試行",
  dismiss: "OK",
  fileProblem_type: "この形式のファイルは送信できません。画像、PDF、テキスト、CSV、ZIP、Word、Excelに対応しています。",
  fileProblem_size: "10 MBを超えています",
  fileProblem_empty: "ファイルが空です",
  fileProblem_count: "1通につき5ファイルまでです",
  emoji: "絵文字",
  emojiFaces: "顔",
  emojiPeople: "人とジェスチャー",
  emojiNature: "動物と自然",
  emojiFood: "食べ物と余暇",
  emojiThings: "物と記号",

  // Reading
  download: "{name}をダウンロード",
  notAvailable: "利用できません",

  // Who answers when
  backAt: "再開：{time}",
  answersIn: "通常、約{time}で返信します",

  // Contact
  leadReason: "このページを閉じた場合は、メールで返信します。",
  optional: "任意",
  save: "保存",
  saving: "保存中…",
  skip: "今はしない",
  cancel: "キャンセル",
  leadSaved: "ありがとうございます。このページを閉じても、こちらからご連絡できます。",
  notSaved: "保存できませんでした。もう一度お試しください。",
  fillIn: "入力してください。",
  wrongEmail: "ada@example.comのようなメールアドレスを入力してください。",
  wrongPhone: "+49 30 1234567のような電話番号を入力してください。",

  // The end
  rateTitle: "この会話はいかがでしたか？",
  score1: "とても悪い",
  score2: "悪い",
  score3: "普通",
  score4: "良い",
  score5: "とても良い",
  ratingComment: "ほかにご意見はありますか？",
  sendRating: "評価を送信",
  ratingThanks: "評価ありがとうございます：{score}",
  changeRating: "変更",
  mailTranscript: "会話の記録をメールで受け取る",
  transcriptEmail: "メールアドレス",
  sendTranscript: "記録を送信",
  transcriptSent: "会話の記録を{email}に送信しています。",
  notSent: "送信できませんでした。もう一度お試しください。",

  // Privacy
  deleteConversation: "この会話を削除",
  deleteQuestion: "この会話をすべてのメッセージとファイルごと削除しますか？元に戻せません。",
  delete: "削除",
  deleted: "会話を削除しました。",
  notDeleted: "削除できませんでした。もう一度お試しください。",
  noLongerOpen: "この会話はここでは続けられません。",
};
