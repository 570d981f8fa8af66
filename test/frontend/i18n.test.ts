import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { textFor } from "../../frontend/dashboard/text.ts";
import { languages as portalLanguages } from "../../frontend/portal/languages.ts";
import { extrasLanguages } from "../../frontend/shared/extras/languages.ts";
import { fill, languageOf, regionalLocale } from "../../frontend/shared/i18n.ts";
import { ar } from "../../frontend/shared/messages/ar.ts";
import { talkLanguages } from "../../frontend/shared/talk-languages.ts";
import { languages as widgetLanguages } from "../../frontend/widget/languages.ts";
import { mailCatalogues } from "../../lambdas/notification/mail/language.ts";

const frontend = fileURLToPath(new URL("../../frontend/", import.meta.url));
const folders = readdirSync(frontend, { recursive: true, encoding: "utf8" })
  .filter((path) => basename(path) === "messages")
  .sort();

/** Names, and what is written alike in most languages of Europe. */
const names = list(
  "Amazon Bedrock, Content Security Policy, Emoji, Entry, OK, Professional, Push, SMS, Standard, Widget, Zendesk",
);

/** What a language writes as English does. Anything else that is alike was forgotten. */
const alike: Readonly<Record<string, readonly string[]>> = {
  de: list("Agent, Agent:, Browser, Code, Details, Link, Live, Name, Offline, Online, Subdomain, Team, Text, Tickets"),
  es: list("Plan"),
  fr: [
    ...list("Agent, Code, Contact, Conversation, Conversations, E-mail, Menu, Message, Note, Notes, Notifications"),
    ...list("Page, Question, Question {position}, Satisfaction, Tickets, Type"),
  ],
  it: list("AI, AI:, Browser, E-mail, Escalation, Link, Live chat, Menu, Offline, Online, Team"),
  ja: list("AI"),
  nl: [
    ...list("AI, AI:, Agent, Agent:, Browser, Code, Contact, Details, E-mail, Link, Live, Menu, Model, Offline"),
    ...list("Online, Team, Tickets, Transcript, Type, Week"),
  ],
  pt: list("E-mail, Link, Menu, Offline, Online"),
};

function list(texts: string): readonly string[] {
  return texts.split(", ");
}

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

function languagesIn(folder: string): readonly string[] {
  return readdirSync(join(frontend, folder))
    .map((file) => basename(file, ".ts"))
    .sort();
}

async function catalogue(folder: string, language: string): Promise<Readonly<Record<string, string>>> {
  const file: Readonly<Record<string, Readonly<Record<string, string>>>> = await import(
    join(frontend, folder, `${language}.ts`)
  );
  return file[language] ?? {};
}

describe("catalogues", () => {
  it("are there for the conversation, its extras, the widget, the portals and the dashboard", () => {
    expect(folders).toEqual([
      "dashboard/messages",
      "portal/messages",
      "shared/extras/messages",
      "shared/messages",
      "widget/messages",
    ]);
  });

  it.each(folders)("in %s have every text in every language, with the same values in it", async (folder) => {
    const english = await catalogue(folder, "en");
    for (const language of languagesIn(folder)) {
      const translated = await catalogue(folder, language);
      expect(Object.keys(translated).sort(), language).toEqual(Object.keys(english).sort());
      for (const [name, text] of Object.entries(english)) {
        expect(placeholders(translated[name] ?? ""), `${language}: ${name}`).toEqual(placeholders(text));
      }
    }
  });

  it.each(folders)("in %s have no text that is empty, or was left in English", async (folder) => {
    const english = await catalogue(folder, "en");
    for (const language of languagesIn(folder).filter((each) => each !== "en")) {
      const wrong = Object.entries(await catalogue(folder, language)).filter(([name, text]) => {
        // What is empty in English is so on purpose: nothing stands before a visitor's words.
        if (english[name] === "") return text !== "";
        if (text.trim() === "") return true;
        return text === english[name] && !names.includes(text) && !alike[language]?.includes(text);
      });
      expect(wrong, language).toEqual([]);
    }
  });

  it.each([
    ["the conversation", talkLanguages, "shared/messages"],
    ["its extras", extrasLanguages, "shared/extras/messages"],
    ["the widget", widgetLanguages, "widget/messages"],
    ["the portals", portalLanguages, "portal/messages"],
  ])("of %s are all offered, each under its own language", async (_, { en, others }, folder) => {
    expect(["en", ...Object.keys(others)].sort()).toEqual(languagesIn(folder));
    expect(en).toEqual(await catalogue(folder, "en"));
    for (const [language, load] of Object.entries(others)) {
      expect(await load(), language).toEqual(await catalogue(folder, language));
    }
  });

  it("speak to agents and owners in each of their languages", async () => {
    for (const language of languagesIn("dashboard/messages")) {
      const { t, locale } = await textFor(["xx", language]);
      expect([locale, t("settings")]).toEqual([language, (await catalogue("dashboard/messages", language)).settings]);
    }
  });

  it("are those that mails are written in", () => {
    for (const folder of folders) expect(languagesIn(folder)).toEqual(Object.keys(mailCatalogues).sort());
  });

  it("speaks the chatbot's language, right to left where that is how it is written", async () => {
    const arabic = await languageOf("ar-EG", widgetLanguages);
    expect([arabic.direction, arabic.texts.send]).toEqual(["rtl", ar.send]);
    const german = await languageOf("de", widgetLanguages);
    expect(fill(german.texts.joined, { name: "Mia" })).toBe("Mia ist jetzt dabei");
  });

  it("falls back to English for a language that it does not speak", async () => {
    expect(await languageOf("xx", widgetLanguages)).toMatchObject({ locale: "en", direction: "ltr" });
  });

  it("writes times as the visitor's region does, in the chatbot's language", () => {
    expect(regionalLocale("en", ["de-DE", "en-GB"])).toBe("en-GB");
    expect(regionalLocale("en", ["de-DE"])).toBe("en");
    expect(regionalLocale("pt-BR", ["pt-PT"])).toBe("pt-BR");
  });

  it("puts values in as they are, and leaves what it was not given", () => {
    expect(fill("{name} and {other}", { name: "$& {other}" })).toBe("$& {other} and {other}");
  });
});
