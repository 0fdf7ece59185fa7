import { redirect } from '@sveltejs/kit';
import { cleanCode } from '#api/documents/rules/verification.ts';
import type { PageServerLoad } from './$types';

/** A typed code leads to the address its QR code holds. */
export const load: PageServerLoad = ({ url }) => {
  const code = cleanCode(url.searchParams.get('code') ?? '');
  if (code !== '') redirect(303, `/verify/${code.slice(0, 40)}`);
};
