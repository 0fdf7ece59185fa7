import { phases } from '#api/fees/schema.ts';
import { formatTimes } from '#web/words/format.ts';
import { nameOf, words } from '#web/words/words.ts';
import { configurationName, findConfiguration, type VenueCatalogue } from './views.ts';

/** What a line of a booking is chosen from, for the configuration it has so far. */
export const useChoices = ({ venue, rooms }: VenueCatalogue, configurationId: string) => {
  const chosen = findConfiguration(rooms, configurationId)?.configuration;
  return {
    configuration: chosen?.id ?? configurationId,
    rooms: rooms.map((room) => ({
      label: nameOf(room),
      choices: room.configurations.map(({ id }) => ({
        value: id,
        label: configurationName(rooms, id),
      })),
    })),
    bands: venue.bands.map((band) => ({
      value: band.code,
      label: `${nameOf(band)} ${formatTimes(band.startsTime, band.endsTime)}`,
    })),
    phases: phases.map((phase) => ({ value: phase, label: words().states.phase[phase] })),
    layouts: (chosen?.layouts ?? []).map(({ layout, capacity }) => ({
      value: layout,
      label: `${words().states.layout[layout]} (${capacity})`,
    })),
  };
};
