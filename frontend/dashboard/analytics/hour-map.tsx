import "./hour-map.css";

interface HourMapProps {
  readonly caption: string;
  /** By weekday (0 is Monday) and hour. */
  readonly counts: readonly (readonly number[])[];
  readonly locale: string;
  readonly number: (value: number) => string;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** Monday, the first of January 2024. */
const aMonday = Date.UTC(2024, 0, 1);
const dayMs = 24 * 60 * 60 * 1000;

/** When people ask for a human: darker is more. A table, so that it can be read as well as seen. */
export function HourMap({ caption, counts, locale, number }: HourMapProps) {
  const most = Math.max(1, ...counts.flat());
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", timeZone: "UTC" });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section class="hour-map-scroll" aria-label={caption} tabIndex={0}>
      <table class="hour-map">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <td />
            {hours.map((hour) => (
              <th key={hour} scope="col" class="hour-map-hour">
                <span class="visually-hidden">{clock.format(aMonday + hour * 3_600_000)}</span>
                <span aria-hidden="true">{hour % 3 === 0 ? hour : ""}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, day) => (
            <tr key={weekday.format(aMonday + day * dayMs)}>
              <th scope="row">{weekday.format(aMonday + day * dayMs)}</th>
              {row.map((count, hour) => (
                <td
                  key={hour}
                  class="hour-map-cell"
                  data-level={levelOf(count, most)}
                  title={`${weekday.format(aMonday + day * dayMs)} ${clock.format(aMonday + hour * 3_600_000)}: ${number(count)}`}
                >
                  <span class="visually-hidden">{number(count)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** 0 is none; 1 to 5 by how near it comes to the most. */
function levelOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.ceil((count / most) * 5);
}
