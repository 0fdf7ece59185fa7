import type { OrganizationInput } from './schema.ts';

type SmeStatus = 'none' | 'declared' | 'confirmed';

interface Named {
  readonly kind: OrganizationInput['kind'];
  readonly name: string;
  readonly smeStatus: SmeStatus;
}

/** What the desk has confirmed (中小企業者等) it confirmed of this body; under another name it is a word again. */
export const smeStatusOf = (
  { declaresSme, kind, name }: Pick<OrganizationInput, 'declaresSme' | 'kind' | 'name'>,
  before?: Named,
): SmeStatus => {
  if (!declaresSme) return 'none';
  const isSame = before?.kind === kind && before.name === name;
  return isSame && before.smeStatus === 'confirmed' ? 'confirmed' : 'declared';
};
