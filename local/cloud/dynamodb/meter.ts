import type { Counters } from "../service.ts";

/** Counts what AWS would bill. A request of several items counts each of them. */
export interface Meter {
  writes(requests: number, units: number): void;
  reads(requests: number, units: number): void;
}

export const meterOf = (counters: Counters): Meter => ({
  writes(requests, units) {
    counters.add("dynamodb.writeRequests", requests);
    counters.add("dynamodb.writeUnits", units);
  },
  reads(requests, units) {
    counters.add("dynamodb.readRequests", requests);
    counters.add("dynamodb.readUnits", units);
  },
});
