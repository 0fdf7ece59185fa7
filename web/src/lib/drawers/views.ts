import type { InferResponseType } from 'hono/client';
import type { api } from '#web/api.ts';

type Client = ReturnType<typeof api>['api'];

export type DrawerView = InferResponseType<Client['drawers']['$get']>;
