import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailCatalogues, mailLanguage } from "../../lambdas/notification/mail/language.ts";
import type { MailMessages } from "../../lambdas/notification/mail/messages/mail-messages.ts";
import { parseTemplate } from "../../lambdas/notification/mail/template.ts";
import { aMail, friendly, mailKinds, type Words } from "./mail-samples.ts";

type Locale = keyof typeof mailCatalogues;
const locales = Object.keys(mailCatalogues) as Locale[];
const everyMail = mailKinds.flatMap((kind) => locales.map((locale) => [kind, locale] as const));

/** The names of all tags and attributes in their order: what a text must not be able to change. */
const structureOf = (html: string): string =>
  [...html.matchAll(/<(\/?[a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*\/?>/gi)]
    .map(([, tag, attributes = ""]) => `${tag} ${[...attributes.matchAll(/\s([a-z-]+)="/gi)].map(([, name]) => name)}`)
    .filter((tag) => !tag.startsWith("br"))
    .join("\n");

describe("every mail", () => {
  it.each(everyMail)("%s in %s names its language and direction, and says all in plain text too", (kind, locale) => {
    const { html, text, subject, fromName } = aMail(kind, locale);
    const dir = locale === "ar" ? "rtl" : "ltr";
    expect(html).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${locale}" dir="${dir}"`));
    expect(html).toMatch(/<meta name="color-scheme" content="light dark"/);
    for (const part of [html, text, subject, fromName]) expect(part).not.toMatch(/\{\{?\w*\}?\}|undefined|\[object/);
    for (const said of kind === "unseenByCustomer" ? [friendly.answer] : [friendly.answer, "4711-0815"]) {
      expect(html).toContain(said.replace("'", "&#39;"));
      expect(text.replace(/\n +/g, " ")).toContain(said);
    }
    const [link = ""] = text.match(/https:\/\/chat\.example\/portal\/\w+#\S+/) ?? [];
    expect(html.split(`href="${link}"`)).toHaveLength(3);
    expect(subject).toMatch(/^\[7KQ4-M2TX\] ./);
  });

  it.each(everyMail)("%s in %s shows the message itself beside the subject", (kind, locale) => {
    const { html } = aMail(kind, locale);
    const preheader = /<div style="display:none[^>]*>([^<]*)<\/div>/.exec(html)?.[1] ?? "";
    const newest =
      kind === "escalation" ? "Where is my parcel? I ordered on Monday. The number is" : "Hello Ada, it left Leipzig";
    expect(preheader).toContain(newest);
  });

  it.each(mailKinds)("%s fetches nothing: no font, no picture, no script", (kind) => {
    const { html } = aMail(kind, "en");
    expect(html).not.toMatch(/<link|<script|@import|url\(|<img|fonts\.g/);
  });

  it.each(mailKinds)("%s stays well below the 102 kB at which Gmail cuts it off", (kind) => {
    expect(Buffer.byteLength(aMail(kind, "ja").html)).toBeLessThan(30_000);
  });

  it("shows the owner's logo in the place of the initial", () => {
    const { html } = aMail("escalation", "en", friendly, { logoUrl: "https://cdn.example/logo.png" });
    expect(html).toContain('<img src="https://cdn.example/logo.png" alt=""');
    expect(aMail("escalation", "en", friendly, { logoUrl: "http://cdn.example/logo.png" }).html).not.toContain("<img");
  });

  it("can be stopped by customers, from a page where nothing happens by itself, and not by the team", () => {
    for (const kind of ["unseenByCustomer", "transcript"] as const) {
      const { html, text } = aMail(kind, "en");
      expect(html).toContain('href="https://chat.example/portal/mail#token"');
      expect(text).toContain("https://chat.example/portal/mail#token");
    }
    for (const kind of ["escalation", "unseenByTeam"] as const)
      expect(aMail(kind, "en").html).not.toContain("portal/mail");
  });
});

describe("hostile words", () => {
  const markup = `</td></tr></table><img src=x onerror=alert(1)>" style="position:fixed" '><!--[if mso]>{{portalUrl}}`;
  const hostile: Words = { customer: markup, question: markup, answer: markup, brand: markup, page: markup };

  it.each(everyMail)("stay words in %s in %s", (kind, locale) => {
    const { html } = aMail(kind, locale, hostile);
    expect(structureOf(html)).toBe(structureOf(aMail(kind, locale).html));
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;");
  });

  it("can't change what a mail is made of, whatever they are", () => {
    const expected = structureOf(aMail("escalation", "en").html);
    const words = fc.record({
      customer: fc.string({ unit: "binary", minLength: 1 }),
      question: fc.string({ unit: "binary", minLength: 1 }),
      answer: fc.string({ minLength: 1 }),
      brand: fc.string({ unit: "binary", minLength: 1 }),
      page: fc.webUrl(),
    });
    fc.assert(
      fc.property(words, (each) => {
        fc.pre(Object.values(each).every((word) => word.trim() !== ""));
        expect(structureOf(aMail("escalation", "en", each).html)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a template", () => {
  it.each([
    ["{{#a}}{{#b}}{{/a}}{{/b}}", "closes a inside b"],
    ["{{#a}}", "does not close a"],
    ["{{/a}}", "closes a inside nothing"],
  ])("that reads %s is refused", (source, reason) => {
    expect(() => parseTemplate(source)).toThrow(reason);
  });

  it("fails for a name that nobody gave a value, instead of leaving a gap", () => {
    expect(() => parseTemplate("{{name}}")({})).toThrow("asks for name");
    expect(() => parseTemplate("{{toString}}")({})).toThrow("asks for toString");
    expect(() => parseTemplate("{{a}}")({ a: true })).toThrow("no text");
    expect(() => parseTemplate("{{#a}}{{/a}}")({ a: "text" })).toThrow("is a text");
  });

  it("repeats a part for every item, which sees the values around it", () => {
    const render = parseTemplate("{{#items}}{{name}} of {{all}}{{#last}}.{{/last}}{{/items}}");
    const items = [
      { name: "1 & 2", last: false },
      { name: "3\n4", last: true },
    ];
    expect(render({ all: "4", items })).toBe("1 &amp; 2 of 43<br />4 of 4.");
  });
});

describe("the catalogues", () => {
  const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  const { en } = mailCatalogues;

  it.each(locales)("name in %s the same values as in English, in every plural form", (locale) => {
    const messages: MailMessages = mailCatalogues[locale];
    for (const key of Object.keys(en) as (keyof MailMessages)[]) {
      const [own, english] = [messages[key], en[key]];
      if (typeof own === "string" && typeof english === "string") {
        expect([key, placeholders(own)]).toEqual([key, placeholders(english)]);
        continue;
      }
      const rules = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      expect([key, Object.keys(own).filter((form) => !rules.includes(form as Intl.LDMLPluralRule))]).toEqual([key, []]);
    }
  });

  it("choose the plural form of the language", () => {
    const arabic = mailLanguage(["ar"]);
    const forms = [1, 2, 3, 11].map((count) => arabic.count("nobodyLooking", count));
    expect(new Set(forms).size).toBe(4);
    expect(forms[1]).toContain("رسالتان");
  });
});

describe("a reader's language", () => {
  it.each([
    [["de-AT", "en"], "de-AT"],
    [["xx", "fr"], "fr"],
    [["../../etc", undefined, "ja"], "ja"],
    [["de-DE-u-ca-buddhist-nu-arab"], "de-DE"],
    [["constructor"], "en"],
    [[""], "en"],
    [[], "en"],
  ])("is taken from %j", (wished, tag) => {
    expect(mailLanguage(wished).tag).toBe(tag);
  });

  it("tells times in the reader's time zone, and in UTC where there is none", () => {
    const at = Date.UTC(2026, 10, 22, 9, 5);
    expect(mailLanguage(["en"], "Europe/Berlin").moment(at)).toBe("22 Nov 2026, 10:05 CET");
    expect(mailLanguage(["de"], "Asia/Tokyo").moment(at)).toMatch(/^22\. Nov\. 2026, 18:05/);
    for (const zone of ["Mars/Olympus", "", "'; DROP TABLE", "x".repeat(10_000)]) {
      expect(mailLanguage(["en"], zone).moment(at)).toBe("22 Nov 2026, 09:05 UTC");
    }
  });
});
