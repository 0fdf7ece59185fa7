import type { InferResponseType } from 'hono/client';
import type { api } from '#web/api.ts';

type Client = ReturnType<typeof api>['api'];

export type BookingEquipment = InferResponseType<Client['bookings'][':id']['equipment']['$get']>;
export type LentItem = BookingEquipment['items'][number];
export type EquipmentDay = InferResponseType<Client['equipment']['day']['$get']>;
export type CatalogueItem = InferResponseType<Client['equipment']['$get']>['items'][number];

/** Items by the groups of the catalogue, in its order. */
export const byGroup = <Item extends { groupJa: string; groupEn: string }>(
  items: readonly Item[],
): { nameJa: string; nameEn: string; items: Item[] }[] => {
  const groups = new Map<string, { nameJa: string; nameEn: string; items: Item[] }>();
  for (const item of items) {
    const group = groups.get(item.groupJa);
    if (group) group.items.push(item);
    else groups.set(item.groupJa, { nameJa: item.groupJa, nameEn: item.groupEn, items: [item] });
  }
  return [...groups.values()];
};

export const quantityName = (useId: string, itemId: string): string =>
  `quantity.${useId}.${itemId}`;
