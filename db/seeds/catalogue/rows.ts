import type { bands, closedDayRules, slots } from '../../schema/slots.ts';
import type {
  occupancyDefinitions,
  occupancyFigureRooms,
  occupancyFigures,
  occupancyPlans,
} from '../../schema/reports.ts';
import type {
  cells,
  configurationCells,
  configurationLayouts,
  configurations,
  roomFeatures,
  rooms,
} from '../../schema/rooms.ts';
import type { venueIssuers, venues } from '../../schema/venues.ts';
import type { equipmentItems } from '../../schema/equipment.ts';
import type { meters, utilityTerms } from '../../schema/utilities.ts';
import type { CatalogueFile } from './format.ts';
import { policyRows, type PolicyRows } from './policy_rows.ts';
import { journalRows, type JournalRows } from './journal_rows.ts';
import { receivableRows, type ReceivableRows } from './receivable_rows.ts';
import { tariffRows, type TariffRows } from './tariff_rows.ts';

/** The rows of one catalogue file, table by table, in the order in which they can be written. */
export interface CatalogueRows extends JournalRows, PolicyRows, ReceivableRows, TariffRows {
  readonly venues: (typeof venues.$inferInsert)[];
  readonly venueIssuers: (typeof venueIssuers.$inferInsert)[];
  readonly slots: (typeof slots.$inferInsert)[];
  readonly bands: (typeof bands.$inferInsert)[];
  readonly closedDayRules: (typeof closedDayRules.$inferInsert)[];
  readonly rooms: (typeof rooms.$inferInsert)[];
  readonly roomFeatures: (typeof roomFeatures.$inferInsert)[];
  readonly cells: (typeof cells.$inferInsert)[];
  readonly configurations: (typeof configurations.$inferInsert)[];
  readonly configurationCells: (typeof configurationCells.$inferInsert)[];
  readonly configurationLayouts: (typeof configurationLayouts.$inferInsert)[];
  readonly occupancyFigures: (typeof occupancyFigures.$inferInsert)[];
  readonly occupancyFigureRooms: (typeof occupancyFigureRooms.$inferInsert)[];
  readonly occupancyPlans: (typeof occupancyPlans.$inferInsert)[];
  readonly occupancyDefinitions: (typeof occupancyDefinitions.$inferInsert)[];
  readonly equipmentItems: (typeof equipmentItems.$inferInsert)[];
  readonly meters: (typeof meters.$inferInsert)[];
  readonly utilityTerms: (typeof utilityTerms.$inferInsert)[];
}

type Layout = (typeof configurationLayouts.$inferInsert)['layout'];

/** Publication is a property of the source: a figure cannot claim another than its source has. */
const provenance = (file: CatalogueFile, source: string) => {
  const found = file.sources[source]!;
  return { publication: found.publication, source: found.text };
};

const numbered = <Value>(table: Record<string, Value>) =>
  Object.entries(table).map(([code, value], sortOrder) => ({ code, value, sortOrder }));

const hourRows = (file: CatalogueFile) => {
  const venueId = file.venue.code;
  return {
    slots: numbered(file.slots).map(({ code, sortOrder, value }) => ({
      venueId,
      code,
      nameJa: value.nameJa,
      nameEn: value.nameEn,
      startsTime: value.starts,
      endsTime: value.ends,
      sortOrder,
      ...provenance(file, value.source),
    })),
    bands: numbered(file.bands).map(({ code, sortOrder, value }) => ({
      venueId,
      code,
      nameJa: value.nameJa,
      nameEn: value.nameEn,
      slotCodes: value.slots,
      sortOrder,
    })),
  };
};

const venueRows = (file: CatalogueFile) => {
  const { code: venueId, bookingRules, postalCode, phone, email, ...venue } = file.venue;
  const { source, ...rules } = bookingRules;
  return {
    venues: [
      {
        id: venueId,
        ...venue,
        postalCode: postalCode ?? null,
        phone: phone ?? null,
        email: email ?? null,
        ...rules,
        ...provenance(file, source),
      },
    ],
    venueIssuers: file.issuers.map((issuer) => ({
      venueId,
      ...issuer,
      ...provenance(file, issuer.source),
    })),
    ...hourRows(file),
    closedDayRules: numbered(file.closedDays).map(({ code, value }) => ({
      id: `${venueId}.${code}`,
      venueId,
      fromMonthDay: value.from,
      toMonthDay: value.to,
      reasonJa: value.reasonJa,
      reasonEn: value.reasonEn,
      ...provenance(file, value.source),
    })),
  };
};

const roomRows = (file: CatalogueFile) => {
  const venueId = file.venue.code;
  return Object.entries(file.rooms).map(([code, room], sortOrder) => {
    const {
      cells: _cells,
      configurations: _configurations,
      features: _features,
      source,
      floor,
      ...rest
    } = room;
    return {
      id: `${venueId}.${code}`,
      venueId,
      code,
      ...rest,
      floor: floor ?? null,
      sortOrder,
      ...provenance(file, source),
    };
  });
};

const featureRows = (file: CatalogueFile) =>
  Object.entries(file.rooms).flatMap(([roomCode, { features = {} }]) =>
    Object.entries(features).map(([code, source]) => ({
      roomId: `${file.venue.code}.${roomCode}`,
      code,
      ...provenance(file, source),
    })),
  );

const cellRows = (file: CatalogueFile) =>
  Object.entries(file.rooms).flatMap(([roomCode, room]) =>
    Object.entries(room.cells).map(([code, { nameJa, nameEn, plan }], sortOrder) => ({
      id: `${file.venue.code}.${roomCode}.${code}`,
      roomId: `${file.venue.code}.${roomCode}`,
      nameJa,
      nameEn,
      planX: plan.x,
      planY: plan.y,
      planWidth: plan.width,
      planHeight: plan.height,
      sortOrder,
    })),
  );

/** The whole room comes first: `2` and `3` would otherwise stand before `all`. */
const wholeFirst = ([a]: [string, unknown], [b]: [string, unknown]) =>
  Number(b === 'all') - Number(a === 'all');

const partsOf = (file: CatalogueFile) =>
  Object.entries(file.rooms).flatMap(([roomCode, room]) => {
    const roomId = `${file.venue.code}.${roomCode}`;
    return Object.entries(room.configurations)
      .toSorted(wholeFirst)
      .map(([code, part], sortOrder) => ({
        id: `${roomId}.${code}`,
        roomId,
        code,
        part,
        sortOrder,
      }));
  });

const configurationRows = (file: CatalogueFile) => {
  const parts = partsOf(file);
  return {
    configurations: parts.map(({ id, roomId, code, part, sortOrder }) => {
      const area = provenance(file, part.area.source);
      const opens = provenance(file, part.opens.source);
      return {
        id,
        roomId,
        code,
        nameJa: part.nameJa,
        nameEn: part.nameEn,
        isWhole: code === 'all',
        areaSqm: part.area.sqm,
        areaPublication: area.publication,
        opensMonthsBefore: part.opens.monthsBefore,
        publication: opens.publication,
        source: `受付開始 ${opens.source} / 面積 ${area.source}`,
        sortOrder,
      };
    }),
    configurationCells: parts.flatMap(({ id, roomId, part }) =>
      part.cells.map((cell) => ({ configurationId: id, cellId: `${roomId}.${cell}` })),
    ),
    configurationLayouts: parts.flatMap(({ id, part }) =>
      Object.entries(part.layouts).map(([layout, { capacity, source }]) => ({
        configurationId: id,
        layout: layout as Layout,
        capacity,
        ...provenance(file, source),
      })),
    ),
  };
};

const figureRows = (file: CatalogueFile) => {
  const venueId = file.venue.code;
  const all = Object.entries(file.occupancyFigures).map(([code, figure], sortOrder) => ({
    figureId: `${venueId}.${code}`,
    figure,
    sortOrder,
  }));
  return {
    occupancyFigures: all.map(({ figureId, figure, sortOrder }) => ({
      id: figureId,
      venueId,
      nameJa: figure.nameJa,
      nameEn: figure.nameEn,
      sortOrder,
    })),
    occupancyFigureRooms: all.flatMap(({ figureId, figure }) =>
      figure.rooms.map((room) => ({ figureId, roomId: `${venueId}.${room}` })),
    ),
    occupancyPlans: all.flatMap(({ figureId, figure }) =>
      Object.entries(figure.plans).map(([fiscalYear, plan]) => ({
        figureId,
        fiscalYear: Number(fiscalYear),
        plannedRateBp: plan.rateBp,
        source: file.sources[plan.source]!.text,
      })),
    ),
    occupancyDefinitions: all.flatMap(({ figureId, figure }) =>
      figure.definitions.map((definition) => ({
        figureId,
        ...definition,
        source: file.sources[definition.source]!.text,
      })),
    ),
  };
};

const equipmentRows = (file: CatalogueFile) =>
  Object.entries(file.equipment).map(([code, item], sortOrder) => {
    const { group, source, ...facts } = item;
    const { nameJa: groupJa, nameEn: groupEn } = file.equipmentGroups[group]!;
    return {
      id: `${file.venue.code}.${code}`,
      venueId: file.venue.code,
      code,
      ...facts,
      groupJa,
      groupEn,
      sortOrder: sortOrder * 10,
      ...provenance(file, source),
    };
  });

const utilityRows = (file: CatalogueFile) => {
  const all = file.utilities.flatMap(({ rooms, ...rest }) =>
    rooms.map((room) => ({ roomId: `${file.venue.code}.${room}`, ...rest })),
  );
  return {
    meters: all.flatMap(({ roomId, utility, meter }) => {
      if (!meter) return [];
      const { source, ...facts } = meter;
      return [
        {
          id: `${roomId}.${utility}`,
          roomId,
          utility,
          code: utility,
          ...facts,
          ...provenance(file, source),
        },
      ];
    }),
    utilityTerms: all.flatMap(({ roomId, utility, terms }) =>
      terms.map(({ source, ...term }) => ({
        id: `${roomId}.${utility}.${term.effectiveFrom}`,
        roomId,
        utility,
        ...term,
        createdAt: new Date(`${term.effectiveFrom}T00:00:00Z`),
        createdByAccountId: null,
        ...provenance(file, source),
      })),
    ),
  };
};

export const catalogueRows = (file: CatalogueFile): CatalogueRows => ({
  ...venueRows(file),
  ...policyRows(file),
  ...receivableRows(file),
  ...journalRows(file),
  rooms: roomRows(file),
  roomFeatures: featureRows(file),
  cells: cellRows(file),
  ...configurationRows(file),
  ...tariffRows(file),
  ...figureRows(file),
  equipmentItems: equipmentRows(file),
  ...utilityRows(file),
});
