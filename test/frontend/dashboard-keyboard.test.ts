import { describe, expect, it } from "vitest";
import { type Command, Commands } from "../../frontend/dashboard/keyboard/commands.ts";
import { ranked } from "../../frontend/dashboard/keyboard/palette-ranking.ts";

function aStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const command = (change: Partial<Command> = {}): Command => ({
  id: "end",
  title: "End",
  group: "Conversation",
  keys: "e",
  run: () => undefined,
  ...change,
});

describe("the palette", () => {
  const titles = ["Reply", "Reopen", "Search conversations", "Assign to me", "Assign to…", "Export", "Übersicht"];
  const found = (typed: string) => ranked(titles, (title) => title, typed);

  it("shows everything in its order until something is typed", () => {
    expect(found(" ")).toEqual(titles);
  });

  it.each([
    ["re", "Reply"],
    ["conv", "Search conversations"],
    ["atm", "Assign to me"],
    ["ubers", "Übersicht"],
    ["srch", "Search conversations"],
    ["EXP", "Export"],
  ])("puts first for %j: %s", (typed, first) => {
    expect(found(typed)[0]).toBe(first);
  });

  it("finds nothing where nothing fits", () => {
    expect(found("zzz")).toEqual([]);
  });

  it("puts a beginning before a word, and a word before letters that are strewn about", () => {
    expect(ranked(["strewn e-x-p about", "An export", "Export"], (title) => title, "exp")).toEqual([
      "Export",
      "An export",
      "strewn e-x-p about",
    ]);
  });
});

describe("commands", () => {
  it("of one letter do nothing while somebody types", () => {
    const commands = new Commands(aStorage());
    expect(commands.mayRun(command(), false)).toBe(true);
    expect(commands.mayRun(command(), true)).toBe(false);
    expect(commands.mayRun(command({ keys: "g i" }), true)).toBe(false);
  });

  it("of one letter can be switched off for good, those with a modifier stay", () => {
    const storage = aStorage();
    const commands = new Commands(storage);
    commands.singleKeys = false;
    for (const keys of ["e", "g i", "/", "Shift+?"]) expect(commands.mayRun(command({ keys }), false)).toBe(false);
    expect(commands.mayRun(command({ keys: "$mod+k" }), false)).toBe(true);
    expect(new Commands(storage).singleKeys).toBe(false);
  });

  it("with a modifier work while somebody types only where they say so", () => {
    const commands = new Commands(aStorage());
    expect(commands.mayRun(command({ keys: "$mod+k", whileTyping: true }), true)).toBe(true);
    expect(commands.mayRun(command({ keys: "$mod+e" }), true)).toBe(false);
  });

  it("come and go with the part of the page that offers them", () => {
    const commands = new Commands(aStorage());
    commands.register("talk", [command()]);
    commands.register("list", [command({ id: "next" })]);
    commands.register("talk", []);
    expect(commands.all.map(({ id }) => id)).toEqual(["next"]);
  });
});
