import { describe, expect, it } from "vitest";
import { languages as portalLanguages } from "../../frontend/portal/languages.ts";
import { fill, languageOf, regionalLocale } from "../../frontend/shared/i18n.ts";
import { ar } from "../../frontend/shared/messages/ar.ts";
import { talkLanguages } from "../../frontend/shared/talk-languages.ts";
import { languages as widgetLanguages } from "../../frontend/widget/languages.ts";

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe("catalogues", () => {
  it.each([
    ["the conversation", talkLanguages],
    ["the widget", widgetLanguages],
    ["the portals", portalLanguages],
  ])("of %s have every text in every language, with the same values in it", async (_, { en, others }) => {
    expect(Object.keys(others)).toEqual(Object.keys(talkLanguages.others));
    for (const load of Object.values(others)) {
      const translated: Readonly<Record<string, string>> = await load();
      for (const [name, text] of Object.entries(en)) {
        expect(translated[name]?.trim(), name).not.toBe("");
        expect(placeholders(translated[name] ?? ""), name).toEqual(placeholders(text));
      }
    }
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
