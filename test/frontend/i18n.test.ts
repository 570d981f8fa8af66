import { describe, expect, it } from "vitest";
import { languageOf, regionalLocale, translator } from "../../frontend/shared/i18n.ts";
import { ar } from "../../frontend/shared/messages/ar.ts";
import { de } from "../../frontend/shared/messages/de.ts";
import { en } from "../../frontend/shared/messages/en.ts";

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe("catalogues", () => {
  it.each([
    ["de", de],
    ["ar", ar],
  ])("%s has every text, with the same values in it", (_, catalogue) => {
    for (const [name, text] of Object.entries(en)) {
      const translated = catalogue[name as keyof typeof en];
      expect(translated.trim(), name).not.toBe("");
      expect(placeholders(translated), name).toEqual(placeholders(text));
    }
  });

  it("speaks the chatbot's language, right to left where that is how it is written", async () => {
    const arabic = await languageOf("ar-EG");
    expect([arabic.direction, arabic.t("send")]).toEqual(["rtl", ar.send]);
    expect((await languageOf("de")).t("joined", { name: "Mia" })).toBe("Mia ist jetzt dabei");
  });

  it("falls back to English for a language that it does not speak", async () => {
    expect(await languageOf("xx")).toMatchObject({ locale: "en", direction: "ltr" });
  });

  it("writes times as the visitor's region does, in the chatbot's language", () => {
    expect(regionalLocale("en", ["de-DE", "en-GB"])).toBe("en-GB");
    expect(regionalLocale("en", ["de-DE"])).toBe("en");
    expect(regionalLocale("pt-BR", ["pt-PT"])).toBe("pt-BR");
  });

  it("puts values in as they are, and leaves what it was not given", () => {
    const t = translator({ text: "{name} and {other}" });
    expect(t("text", { name: "$& {other}" })).toBe("$& {other} and {other}");
  });
});
