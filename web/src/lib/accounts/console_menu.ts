import type { StaffRole } from '#api/shared/actor.ts';

interface Entry {
  readonly href: `/staff${string}`;
  readonly name: string;
  /** Whose work it is; everybody's who works here where nothing is said. */
  readonly roles?: readonly StaffRole[];
}

const groups = [
  {
    group: 'booking',
    items: [
      { href: '/staff', name: 'today' },
      { href: '/staff/requests', name: 'requests' },
      { href: '/staff/lines', name: 'lines' },
      { href: '/staff/reductions', name: 'reductions' },
      { href: '/staff/bookings', name: 'bookings' },
      { href: '/staff/series', name: 'series' },
      { href: '/staff/openings', name: 'openings' },
      { href: '/staff/board', name: 'board' },
      { href: '/staff/run-sheet', name: 'runSheet' },
    ],
  },
  {
    group: 'money',
    items: [
      { href: '/staff/payments', name: 'payments' },
      { href: '/staff/transfers', name: 'transfers', roles: ['finance'] },
      { href: '/staff/invoices', name: 'invoices' },
      { href: '/staff/refunds', name: 'refunds' },
      { href: '/staff/receivables', name: 'receivables', roles: ['finance', 'manager'] },
      { href: '/staff/drawer', name: 'drawer' },
      { href: '/staff/daybook', name: 'daybook' },
      { href: '/staff/closings', name: 'closings' },
      { href: '/staff/revenue', name: 'revenue', roles: ['finance', 'manager'] },
    ],
  },
  {
    group: 'house',
    items: [
      { href: '/staff/closures', name: 'closures' },
      { href: '/staff/equipment', name: 'equipment' },
      { href: '/staff/utilities', name: 'utilities' },
    ],
  },
  {
    group: 'office',
    items: [
      { href: '/staff/occupancy', name: 'occupancy' },
      { href: '/staff/policies', name: 'policies' },
      { href: '/staff/members', name: 'members', roles: ['administrator'] },
      { href: '/staff/mailbox', name: 'mailbox' },
    ],
  },
] as const satisfies readonly { group: string; items: readonly Entry[] }[];

type Item = (typeof groups)[number]['items'][number];

/** An administrator holds every role. */
const isOpenTo = (held: ReadonlySet<string>, item: Item): boolean =>
  !('roles' in item) || held.has('administrator') || item.roles.some((role) => held.has(role));

/** What stands in the console of somebody with these roles: no entry that would be refused. */
export const menuFor = (roles: Iterable<string>) => {
  const held = new Set(roles);
  return groups.map(({ group, items }) => ({
    group,
    items: items.filter((item) => isOpenTo(held, item)),
  }));
};
