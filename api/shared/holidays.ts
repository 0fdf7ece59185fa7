import holidayJp from '@holiday-jp/holiday_jp';
import type { LocalDay } from './time.ts';

/** The national holiday on a day, if it is one. */
export const holidayOn = (day: LocalDay): { nameJa: string; nameEn: string } | undefined => {
  const holidays: Readonly<Record<string, { name: string; name_en: string } | undefined>> =
    holidayJp.holidays;
  const found = holidays[day];
  return found && { nameJa: found.name, nameEn: found.name_en };
};
