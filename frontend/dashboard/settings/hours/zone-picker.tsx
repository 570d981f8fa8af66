import { ChoiceList } from "../../choice-list.tsx";
import { Glyph } from "../../glyph.tsx";
import { Popover } from "../../popover.tsx";
import { useText } from "../../text.ts";
import { findZones, timeIn, zoneName } from "./time-zones.ts";

interface ZonePickerProps {
  readonly labelId: string;
  readonly value: string;
  readonly now: number;
  readonly disabled: boolean;
  readonly onChange: (zone: string) => void;
}

/** One of some four hundred: found by a part of its name or by its present time. */
export function ZonePicker({ labelId, value, now, disabled, onChange }: ZonePickerProps) {
  const { t, locale, number } = useText();
  const shown = (
    <>
      <span class="zone-name" dir="ltr">
        {zoneName(value)}
      </span>
      <span class="zone-time">{timeIn(value, locale, now)}</span>
      <Glyph name="chevron" size={16} />
    </>
  );
  if (disabled) {
    return <span class="input zone-button zone-disabled">{shown}</span>;
  }
  return (
    <span class="zone-picker" aria-describedby={labelId}>
      <Popover buttonClass="input zone-button" button={shown} label={`${t("timeZone")}: ${zoneName(value)}`}>
        {(close) => (
          <ChoiceList
            label={t("timeZone")}
            placeholder={t("timeZoneSearch")}
            find={(text) => findZones(text, value)}
            keyOf={(zone) => zone}
            draw={(zone) => (
              <span class="zone-choice">
                <span dir="ltr">{zoneName(zone)}</span>
                <span class="zone-time">{timeIn(zone, locale, now)}</span>
              </span>
            )}
            onChoose={(zone) => {
              onChange(zone);
              close();
            }}
            empty={t("timeZoneNone")}
            countText={(count) => t("choicesCount", { count: number(count) })}
          />
        )}
      </Popover>
    </span>
  );
}
