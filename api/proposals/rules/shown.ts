import type { FinderPart, Need } from './catalogue.ts';
import { unsureFeatures } from './catalogue.ts';
import type { FoundPlan, PlacedRoom } from './plans.ts';
import { blockWords, type Block, type NotChosen } from './reasons.ts';
import type { Timeline } from './timeline.ts';
import type { AskPlans } from '../schema.ts';

type VenueName = Pick<Timeline['venue'], 'nameJa' | 'nameEn'>;

/** A configuration by all its names. */
export const showPart = (part: FinderPart, venue: VenueName) => ({
  venueId: part.venueId,
  venueNameJa: venue.nameJa,
  venueNameEn: venue.nameEn,
  roomId: part.roomId,
  roomCode: part.roomCode,
  roomNameJa: part.roomNameJa,
  roomNameEn: part.roomNameEn,
  configurationId: part.id,
  configurationCode: part.code,
  configurationNameJa: part.nameJa,
  configurationNameEn: part.nameEn,
  isDivisible: part.isDivisible,
  floor: part.floor,
});

const showRoom = (
  { part, seat, pieces, needAt }: PlacedRoom,
  { venue }: Timeline,
  needs: readonly Need[],
  features: AskPlans['features'],
) => {
  const need = needs[needAt]!;
  const uses = pieces.map(({ date, bandCode, phase }) => ({
    date,
    band: bandCode,
    phase,
    configuration: part.id,
    layout: seat.layout,
  }));
  return {
    ...showPart(part, venue),
    needIndex: needAt,
    people: need.people ?? null,
    seat: { layout: seat.layout, capacity: seat.capacity, publication: seat.publication },
    cellIds: part.cells.map(({ id }) => id),
    unsureFeatures: unsureFeatures(part, [...features, ...need.features]) as AskPlans['features'],
    uses,
  };
};

export const showPlan = (
  plan: FoundPlan,
  needs: readonly Need[],
  features: AskPlans['features'],
) => {
  const rooms = plan.rooms.map((room) => showRoom(room, plan.timeline, needs, features));
  const eventDays = rooms
    .flatMap(({ uses }) => uses)
    .flatMap(({ date, phase }) => (phase === 'event' ? [date] : []));
  const { id, nameJa, nameEn } = plan.timeline.venue;
  return {
    venue: { id, nameJa, nameEn },
    startsOn: plan.startsOn,
    endsOn: eventDays.toSorted().at(-1)!,
    otherStarts: plan.otherStarts.slice(0, otherStartsMost),
    rooms,
  };
};

const otherStartsMost = 14;

const detailsOf = (block: Block | undefined) => ({
  ...(block?.code === 'closed' ? { closureKind: block.closureKind } : {}),
  ...(block?.code === 'not_open_yet' ? { opensOn: block.opensOn } : {}),
});

export const showBlock = (block: Block) => {
  const words = blockWords(block);
  return {
    code: block.code,
    ...detailsOf(block),
    ja: `この日時${words.ja}。`,
    en: `This time ${words.en}.`,
  };
};

export const showNotChosen = (
  { part, code, days, block, phase, fact, ja, en }: NotChosen,
  venue: VenueName,
) => ({
  ...showPart(part, venue),
  code,
  ...detailsOf(block),
  days: [...days],
  phase,
  fact,
  ja,
  en,
});
