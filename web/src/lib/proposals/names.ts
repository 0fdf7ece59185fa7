import { either } from '#web/words/words.ts';

interface RoomNames {
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly configurationNameJa: string;
  readonly configurationNameEn: string;
  readonly isDivisible: boolean;
}

/** The room, and which part of it where there is a choice. */
export const roomName = (room: RoomNames): string => {
  const name = either(room.roomNameJa, room.roomNameEn);
  return room.isDivisible
    ? `${name} ${either(room.configurationNameJa, room.configurationNameEn)}`
    : name;
};
