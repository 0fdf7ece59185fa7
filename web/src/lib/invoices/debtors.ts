const separator = ' ';

/** Venue and organizer as one choice. */
export const debtorKey = (debtor: { venueId: string; organizationId: string }): string =>
  `${debtor.venueId}${separator}${debtor.organizationId}`;

export const chosenDebtor = (key: string): { venue: string; organization: string } => {
  const [venue = '', organization = ''] = key.split(separator);
  return { venue, organization };
};
