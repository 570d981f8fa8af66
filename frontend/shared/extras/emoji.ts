import type { ExtrasMessages } from "./languages.ts";

/** The common ones, by group. Separated by spaces, since one may be several characters. */
export const emojiGroups: readonly { readonly name: keyof ExtrasMessages; readonly emoji: readonly string[] }[] = [
  {
    name: "emojiFaces",
    emoji: of(
      "😀 😃 😄 😁 😅 😂 🤣 🙂 😉 😊 😇 🥰 😍 😘 😋 😜 🤔 🤨 😐 🙄 😏 😬 😌 😴 😷 🤒 🥳 😎 🤓 😕 😟 😮 😳 🥺 😢 😭 😱 😤 😡 🤯",
    ),
  },
  {
    name: "emojiPeople",
    emoji: of("👋 👌 🤏 ✌️ 🤞 👈 👉 👆 👇 👍 👎 ✊ 👏 🙌 🤝 🙏 💪 👀 🙋 🤷 🤦 💁 🧑‍💻 👪"),
  },
  { name: "emojiNature", emoji: of("🐶 🐱 🐭 🦊 🐻 🐼 🐸 🐵 🐝 🦋 🌸 🌹 🌻 🌳 🌍 🌈 ☀️ ⛅ 🌧️ ❄️ 🔥 ⭐") },
  { name: "emojiFood", emoji: of("🍎 🍓 🍞 🧀 🍕 🍔 🍟 🍣 🍰 🎂 ☕ 🍺 🍷 🎉 🎁 🎈 ⚽ 🏀 🎵 🎮") },
  { name: "emojiThings", emoji: of("❤️ 💔 💯 ✅ ❌ ⚠️ ❓ ❗ 💡 📦 🚚 💳 💶 🛒 📱 💻 📷 🔑 🔒 ⏰ 📅 📎 ✈️ 🏠") },
];

function of(emoji: string): readonly string[] {
  return emoji.split(" ");
}
