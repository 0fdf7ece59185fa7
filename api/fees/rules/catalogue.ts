/** What the price engine must know of a venue's rooms and bands, besides the tariff. */
export interface PricedConfiguration {
  readonly id: string;
  readonly code: string;
  readonly venueId: string;
  readonly roomId: string;
  readonly roomCode: string;
  readonly opensMonthsBefore: number;
  readonly roomClass: string;
  readonly ownerBody: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly roomNameJa: string;
  readonly roomNameEn: string;
  readonly cellIds: readonly string[];
}

export interface PricedSlot {
  readonly code: string;
  readonly startsTime: string;
  readonly endsTime: string;
}

export interface PricedBand {
  readonly code: string;
  readonly slotCodes: readonly string[];
}

export interface PricedCatalogue {
  readonly venueId: string;
  readonly zone: string;
  readonly configurations: ReadonlyMap<string, PricedConfiguration>;
  /** In the order of the day. */
  readonly slots: readonly PricedSlot[];
  readonly bands: readonly PricedBand[];
}
