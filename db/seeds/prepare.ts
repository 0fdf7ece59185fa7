import { contextFor, type House } from '#api/context.ts';
import { AppError, sentenceOf } from '#api/shared/error.ts';
import { slotErrors } from '#api/slots/errors.ts';
import { closeYearsAhead } from '#api/slots/actions.ts';
import type { Transaction } from '../client.server.ts';
import { mistakeAt, type NamedFile } from './catalogue/folder.ts';
import { seedCatalogue } from './catalogue.ts';

interface Clash {
  readonly venueId: string;
  readonly startsOn: string;
}

/** A closed day that meets bookings is a mistake of the file that asks for it. */
const clashAt = (error: unknown, files: readonly NamedFile[]) => {
  if (!(error instanceof AppError) || error.code !== slotErrors.closure_clashes().code)
    return undefined;
  const { venueId, startsOn } = error.options.detail as Clash;
  const named = files.find(({ file }) => file.venue.code === venueId);
  const entry = Object.entries(named?.file.closedDays ?? {}).find(
    ([, { from }]) => from === startsOn.slice(5),
  );
  if (!named || !entry) return undefined;
  return mistakeAt(
    named,
    `closedDays.${entry[0]}`,
    `${sentenceOf(error, 'ja')} / ${sentenceOf(error, 'en')}`,
  );
};

const closeYears = async (house: House, tx: Transaction, files: readonly NamedFile[]) => {
  const context = contextFor(house, { actor: { kind: 'import', name: 'catalogue' } });
  try {
    await closeYearsAhead({
      ...context,
      reads: tx,
      transact: (work) => work(tx),
    });
  } catch (error) {
    throw clashAt(error, files) ?? error;
  }
};

/** The venues as their files say, and their closed days for the years ahead: all of it or nothing. */
export const prepareCatalogue = (house: House): Promise<void> =>
  seedCatalogue(house.database, house.settings.catalogueFolder, (tx, files) =>
    closeYears(house, tx, files),
  );
