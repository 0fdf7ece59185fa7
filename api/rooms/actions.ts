import type { Context } from '../context.ts';
import { findVenue } from '../venues/actions.ts';
import { findRoom, listRoomsByVenue } from './store.ts';

const venueOf = async (context: Context, venueId: string) => {
  const { id, nameJa, nameEn } = await findVenue(context.reads, venueId);
  return { id, nameJa, nameEn };
};

export const listRoomsOfVenue = async (context: Context, venueId: string) => {
  const venue = await venueOf(context, venueId);
  return { venue, rooms: await listRoomsByVenue(context.reads, venueId) };
};

export const findRoomOfVenue = async (context: Context, venueId: string, roomCode: string) => {
  const venue = await venueOf(context, venueId);
  return { venue, room: await findRoom(context.reads, venueId, roomCode) };
};

export {
  listBookablePartsByIds,
  listBookablePartsByVenue,
  listCapacities,
  listRoomClasses,
  listCellIdsByVenue,
  listRoomsByVenue,
  type BookablePart,
} from './store.ts';
