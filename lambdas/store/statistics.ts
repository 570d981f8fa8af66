import type { DurationHistogram } from "../domain/duration-histogram.ts";

/** What is counted of a chatbot. */
export const counters = ["conversations", "escalations", "opened", "ended", "mails", "tickets"] as const;
export type Counter = (typeof counters)[number];

/** One thing that happened, to be counted once. */
export interface Fact {
  /** Names the fact, so that a repeated event counts nothing. */
  readonly factId: string;
  /** When it happened, milliseconds since the epoch. */
  readonly at: number;
  readonly count?: Counter;
  /** Seconds from the escalation until an agent took it. */
  readonly firstResponse?: number;
  /** Seconds from the escalation, or the start where there was none, until the end. */
  readonly resolution?: number;
  /** A verdict, 1 to 5. */
  readonly rating?: number;
  /** The verdict that this one replaces. */
  readonly replacedRating?: number;
}

/** The sums of one hour, UTC. */
export interface HourSums {
  /** Begin of the hour, milliseconds since the epoch. */
  readonly at: number;
  readonly counts: Readonly<Record<Counter, number>>;
  /** By score: the first is for 1. */
  readonly ratings: readonly [number, number, number, number, number];
  readonly firstResponse: DurationHistogram;
  readonly resolution: DurationHistogram;
}

/** Sums by the hour, so that a reader in any time zone gets whole days (zones of half hours: to the hour). */
export interface StatisticsStore {
  /** Counts a fact once; false when it had been counted. A fact is remembered for 100 days. */
  record(chatbotId: string, fact: Fact): Promise<boolean>;
  /** Hours in which something happened, oldest first; both bounds inclusive, milliseconds since the epoch. */
  hours(chatbotId: string, from: number, to: number): Promise<readonly HourSums[]>;
}

export const factRetentionDays = 100;

export const hourMs = 60 * 60 * 1000;

export function hourOf(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}
