import { listVenues } from '#web/venues/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ venues: await listVenues(event) });
