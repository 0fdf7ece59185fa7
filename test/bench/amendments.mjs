import postgres from 'postgres';
import { compareRuns, openPoster, workOff } from './load.mjs';

const change = ({ title, purpose, attendance, uses: [use] }) => ({
  title,
  purpose,
  attendance,
  uses: [
    {
      id: use.id,
      room: use.roomId,
      configuration: use.configurationId,
      date: use.usedOn,
      band: 'afternoon',
    },
  ],
});

/** Bookings held in the morning and moved to the afternoon, each alone; both in turns. */
export const measureAmendments = async (house, asks, load) => {
  const { address, databaseUrl, organizers, release } = house;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const { post, close } = openPoster(address, load.connections);
  const send = async (path, organizer, json, expected) => {
    const { status, text } = await post(path, organizer.cookie, json);
    if (status !== expected) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text);
  };
  const runs = { api: [], straight: [] };
  for (let round = 0; round <= load.rounds; round += 1) {
    const held = [];
    const holds = await workOff(asks, load, async (ask, index) => {
      const organizer = organizers[index % organizers.length];
      const { booking } = await send('/api/bookings', organizer, ask(organizer), 201);
      held.push({ booking, organizer });
    });
    const changes = await workOff(held, load, ({ booking, organizer }) => {
      const json = { version: booking.version, asked: change(booking) };
      return send(`/api/bookings/${booking.id}/amendments`, organizer, json, 200);
    });
    await release(sql);
    // The first round warms up.
    if (round === 0) continue;
    runs.straight.push(holds);
    runs.api.push(changes);
  }
  close();
  await sql.end();
  const [amendments, holds] = compareRuns('amendment, each moves a use', runs);
  return [amendments, { ...holds, what: '  holds, in the same minute' }];
};
