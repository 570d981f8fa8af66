/**
 * Makes `Date` of this thread follow the local clock; timers stay real. `sharedOffset` holds one 64-bit integer,
 * the milliseconds by which local time is ahead.
 */
export function followLocalClock(sharedOffset: SharedArrayBuffer): void {
  const offset = new BigInt64Array(sharedOffset);
  const RealDate = Date;
  const now = (): number => RealDate.now() + Number(Atomics.load(offset, 0));
  const LocalDate: DateConstructor = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget): Date =>
      Reflect.construct(
        target,
        given.length > 0 ? given : [now()],
        newTarget === LocalDate ? target : newTarget,
      ) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
  RealDate.prototype.constructor = LocalDate;
  globalThis.Date = LocalDate;
}
