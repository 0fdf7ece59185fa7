import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { organizationSchema } from '#api/organizations/schema.ts';
import { attempt } from '#web/api.ts';

export type FoundOrganization = z.infer<typeof organizationSchema>;

/** Whom staff may book for: by name, contact, telephone, mail address, or the very id. */
export const searchOrganizations = (event: Pick<RequestEvent, 'fetch'>, query: string) =>
  attempt<{ organizations: FoundOrganization[] }>(
    event.fetch(`/api/organizations?${new URLSearchParams({ query }).toString()}`),
  );
