import { describe, expect, it } from 'vitest';
import type { RequestEvent } from '@sveltejs/kit';
import {
  boxesOf,
  carriedAgain,
  carriedFrom,
  carryPath,
  fieldsCarriedBy,
  pageOfCarried,
  returnPath,
} from '#web/accounts/carried_form.ts';
import { carryForm, refuseToActYet } from '#web/accounts/ended_session.ts';

const formOf = (entries: readonly (readonly [string, string | File])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
};

const typed = [
  ['email', 'new@example.jp'],
  ['grant', 'corasse desk'],
  ['grant', 'corasse finance'],
  ['body', '二行の\r\n文'],
] as const;

describe('a form whose session ended while it was filled in', () => {
  it('is carried through the page of sign-in and back as it was typed', () => {
    const sent = carriedFrom(formOf(typed), '/staff/members?/add');
    const there = formOf([...boxesOf(sent), ['email', 'desk@example.jp'], ['password', 'secret']]);
    const again = carriedAgain(there);
    expect(again).toEqual(sent);
    expect([...fieldsCarriedBy(there)].map(([name, value]) => [name, value])).toEqual(
      typed.map(([name, value]) => [name, value]),
    );
    expect(JSON.stringify(again)).not.toContain('secret');
  });

  it('carries no password, no file and no endless text, and says what it leaves', () => {
    const secret = carriedFrom(formOf([['newPassword', 'secret']]), '/x');
    expect([secret.fields, secret.isCut]).toEqual([[], false]);
    const file = carriedFrom(formOf([['file', new File(['x'], 'plan.pdf')], ...typed]), '/x');
    expect([file.fields.length, file.isCut]).toEqual([typed.length, true]);
    const long = carriedFrom(formOf([['body', 'あ'.repeat(200_001)]]), '/x');
    expect([long.fields, long.isCut]).toEqual([[], true]);
  });

  it('comes back to pages of this house alone', () => {
    const foreign = carriedFrom(formOf(typed), '//evil.example/x');
    expect(foreign.act).toBe('/');
    const there = formOf([['carriedAct', 'https://evil.example/x']]);
    expect(carriedAgain(there).act).toBe('/');
    const own = carriedFrom(formOf(typed), '/bookings/new?/hold&venue=corasse');
    expect(pageOfCarried(own)).toBe('/bookings/new?venue=corasse');
    expect(returnPath(own)).toBe('/bookings/new?/hold&venue=corasse&carried=1');
    expect(returnPath({ ...own, act: '/organizations/new' })).toBe('/organizations/new?carried=1');
  });
});

interface Sent {
  readonly address: string;
  readonly route: string;
  readonly form: FormData;
  readonly isOfScript?: boolean;
  readonly isSignedIn?: boolean;
}

const eventOf = ({ address, route, form, isOfScript, isSignedIn }: Sent): RequestEvent => {
  const url = new URL(address, 'http://localhost:3000');
  const body = new URLSearchParams([...form].map(([name, value]) => [name, String(value)]));
  const headers = isOfScript ? { 'x-sveltekit-action': 'true' } : {};
  const event: unknown = {
    url,
    route: { id: route },
    locals: { locale: 'ja', me: isSignedIn ? { isStaff: true } : undefined },
    request: new Request(url, { method: 'POST', body, headers }),
  };
  return event as RequestEvent;
};

const members = { address: '/staff/members?/add', route: '/(staff)/staff/members' };

const codeFor = async (event: RequestEvent, path: string, method = 'POST') => {
  const request = new Request(new URL(path, event.url), { method });
  const refused = refuseToActYet(event, request);
  return refused && ((await refused.json()) as { error: { code: string } }).error.code;
};

describe('the hook before every page', () => {
  it('sends a form without a session on to the page of sign-in, with all it holds', async () => {
    const event = eventOf({ ...members, form: formOf(typed) });
    const sent = (await carryForm(event))!;
    expect([sent.status, sent.headers.get('location')]).toEqual([307, carryPath(event.url)]);
    expect(carryPath(event.url)).toBe('/sign-in/again?/carry&act=%2Fstaff%2Fmembers%3F%2Fadd');
  });

  it('leaves forms of scripts and pages for everybody alone', async () => {
    const form = formOf(typed);
    const open = { address: '/sign-up', route: '/(public)/sign-up', form };
    for (const event of [eventOf({ ...members, form, isOfScript: true }), eventOf(open)]) {
      expect(await carryForm(event)).toBeUndefined();
      expect((await event.request.formData()).get('body')).toBe('二行の\r\n文');
    }
  });

  it('shows a form that comes back as it was sent, and lets it do nothing yet', async () => {
    const sent = carriedFrom(formOf(typed), members.address);
    const form = formOf([...boxesOf(sent), ['email', 'desk@example.jp'], ['password', 'secret']]);
    const event = eventOf({ ...members, address: returnPath(sent), form, isSignedIn: true });
    expect(await carryForm(event)).toBeUndefined();
    const shown = await event.request.formData();
    expect(shown.getAll('grant')).toEqual(['corasse desk', 'corasse finance']);
    expect([shown.get('email'), shown.has('password')]).toEqual(['new@example.jp', false]);
    expect(await codeFor(event, '/api/staff')).toBe('accounts.signed_in_again');
    expect(await codeFor(event, '/api/staff', 'GET')).toBeUndefined();
    expect(await codeFor(event, '/api/quotes')).toBeUndefined();
    expect(await codeFor(event, '/api/series/preview')).toBeUndefined();
  });

  it('lets the same form act when its reader sends it once more', async () => {
    const address = `${members.address}&carried=1`;
    const event = eventOf({ ...members, address, form: formOf(typed), isSignedIn: true });
    expect(await carryForm(event)).toBeUndefined();
    expect((await event.request.formData()).get('email')).toBe('new@example.jp');
    expect(await codeFor(event, '/api/staff')).toBeUndefined();
  });
});
