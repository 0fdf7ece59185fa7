import { describe, test } from 'vitest';
import { expectGoodPage, visit } from './browser.ts';
import { approved, seen } from './steps/booking.ts';
import { freeDay } from './steps/days.ts';
import { signIn } from './steps/people.ts';

const part = 'big-palette.exhibition-hall.c';

describe('the settlement', () => {
  test('is read on either side, and waits for the last use', async () => {
    await visit(async (organizer) => {
      await signIn(organizer, 'organizer');
      const date = await freeDay(organizer, part);
      const booking = await approved(organizer, { configuration: part, date, title: '精算の会' });
      await visit(async (desk) => {
        await signIn(desk, 'desk');
        await desk.goto(`/staff/bookings/${booking.id}`);
        await desk.getByRole('link', { name: '精算', exact: true }).click();
        await seen(desk.getByText('まだ確定していません'));
        await expectGoodPage(desk);
        await desk.getByRole('button', { name: '0円で精算を確定する' }).click();
        await seen(desk.getByText('ご利用がまだ終わっていません'));
        await expectGoodPage(desk);
      });
      await organizer.goto(`/bookings/${booking.id}/settlement`);
      await seen(organizer.getByText('利用料金のほかに精算するものはありません'));
      await expectGoodPage(organizer);
    });
  });

  test('of an event that is over shows its lines on a phone', async () => {
    await visit(
      async (desk) => {
        await signIn(desk, 'desk');
        const listed = await desk.request.get('/api/bookings?state=approved&sort=firstUsedOn');
        const { rows: bookings } = (await listed.json()) as {
          rows: { id: string; lastUsedOn: string }[];
        };
        const today = new Date().toISOString().slice(0, 10);
        const over = bookings.find(({ lastUsedOn }) => lastUsedOn < today) ?? bookings[0]!;
        await desk.goto(`/staff/bookings/${over.id}/settlement`);
        await seen(desk.getByRole('heading', { name: '精算' }));
        await expectGoodPage(desk);
      },
      { device: 'phone' },
    );
  });
});
