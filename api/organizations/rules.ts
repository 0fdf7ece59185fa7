import { searchText } from '../shared/search.ts';
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

const legalForms =
  /株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益)?(?:社団|財団)法人|社会福祉法人|学校法人|医療法人|宗教法人|協同組合|特定非営利活動法人|npo法人|\((?:資|名|福|学|医|特非)\)/g;

/** A name without its legal form and signs, as it is searched: what two callers mean by the same name. */
export const coreOfName = (name: string): string =>
  searchText(name)
    .replace(legalForms, '')
    .replace(/[\p{P}\p{S}]/gu, '');

interface Known {
  readonly name: string;
  readonly phone: string;
}

/** Whether an organizer may well be the one who calls: the same telephone, or the same name. */
export const isAlike = (known: Known, caller: Known): boolean =>
  known.phone === caller.phone || coreOfName(known.name) === coreOfName(caller.name);
