import type { dunningLevels, instalmentTerms } from '../../schema/receivables.ts';
import type { CatalogueFile } from './format.ts';

type Term = typeof instalmentTerms.$inferInsert;

export interface ReceivableRows {
  readonly instalmentTerms: Term[];
  readonly dunningLevels: (typeof dunningLevels.$inferInsert)[];
}

export const receivableRows = (file: CatalogueFile): ReceivableRows => {
  const venueId = file.venue.code;
  const provenance = (source: string) => {
    const { publication, text } = file.sources[source]!;
    return { publication, source: text };
  };
  return {
    instalmentTerms: Object.entries(file.instalments).flatMap(
      ([roomClass, { parts, yenLeast, source }]) =>
        parts.map((part, at) => ({
          venueId,
          roomClass: roomClass as Term['roomClass'],
          position: at + 1,
          ...part,
          yenLeast,
          ...provenance(source),
        })),
    ),
    dunningLevels: file.dunning.map(({ source, ...level }, at) => ({
      venueId,
      level: at,
      ...level,
      ...provenance(source),
    })),
  };
};
