import { describe, expect, test } from 'vitest';
import { pageOf, signInPath } from '#web/api.ts';
import { holdAddress, readHoldFields } from '#web/bookings/hold_form.ts';

const url = (address: string) => new URL(address, 'http://localhost');

describe('the page to come back to after signing in', () => {
  test('is the page of a form, never its act: an act is not opened by an address', () => {
    expect(pageOf(url('/bookings/new?/hold&venue=corasse'))).toBe('/bookings/new?venue=corasse');
    expect(pageOf(url('/bookings/bkg_1?/request'))).toBe('/bookings/bkg_1');
  });

  test('says that the session ended to who had sent a form, and to nobody else', () => {
    const visit = (sent: RequestInit) => {
      const address = url('/bookings/bkg_1?/request');
      return { url: address, request: new Request(address, sent) };
    };
    const back = '/sign-in?next=%2Fbookings%2Fbkg_1';
    expect(signInPath(visit({ method: 'POST', body: new URLSearchParams() }))).toBe(
      `${back}&ended`,
    );
    expect(signInPath(visit({}))).toBe(back);
    expect(signInPath(visit({ method: 'POST', body: new FormData() })), 'a file is lost').toBe(
      `${back}&ended=cut`,
    );
  });

  test('holds the room, the date and the words of a hold whose session ended on the way', () => {
    const form = new FormData();
    const typed = {
      venue: 'corasse',
      'uses.0.configuration': 'corasse.multipurpose-hall.all',
      'uses.0.date': '2027-02-14',
      'uses.0.band': 'morning',
      organizationId: 'org_1',
      title: '浜風の会',
      purpose: '総会と懇親会',
      isPublic: 'true',
    };
    for (const [name, value] of Object.entries(typed)) form.set(name, value);
    const fields = readHoldFields(form);
    const back = url(holdAddress(url('/bookings/new?/hold'), fields));
    expect(back.pathname).toBe('/bookings/new');
    expect(readHoldFields(back.searchParams)).toEqual(fields);
    const long = { ...fields, purpose: 'あ'.repeat(2_000) };
    expect(holdAddress(back, long).length).toBeLessThan(6_000);
    expect(readHoldFields(url(holdAddress(back, long)).searchParams).uses).toEqual(fields.uses);
  });
});
