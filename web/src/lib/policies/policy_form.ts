import type { ClassPolicy } from '#api/policies/schema.ts';
import { staffRoles, type StaffRole } from '#api/shared/actor.ts';

export const numberFacts = [
  'holdDays',
  'requestDeadlineDays',
  'amendDeadlineDays',
  'runDaysMost',
  'bufferMinutes',
  'optionsMost',
  'challengeHours',
  'offerHours',
] as const;

/** The policy form exactly as it was typed. */
export type PolicyFields = Readonly<Record<string, string>>;

const yes = (is: boolean) => (is ? 'true' : '');

/** A policy as the form shows it. */
export const fieldsOf = (policy: ClassPolicy): PolicyFields => ({
  ...Object.fromEntries(numberFacts.map((fact) => [fact, String(policy[fact])])),
  remindDaysBefore: policy.remindDaysBefore.join('、'),
  allowsOvertime: yes(policy.allowsOvertime),
  approvesAutomatically: yes(policy.approvesAutomatically),
  amendmentsNeedApproval: yes(policy.amendmentsNeedApproval),
  publication: policy.publication,
  ...Object.fromEntries(
    staffRoles.map((role) => [`approver.${role}`, yes(policy.approverRoles.includes(role))]),
  ),
});

/** Full-width digits are how people type numbers; what is no number is the API's to answer. */
const numberOf = (text: string): number => {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '');
  return plain === '' ? Number.NaN : Number(plain);
};

/** What was typed, as the API takes it. */
export const policyBody = (fields: PolicyFields) => {
  const numbers = Object.fromEntries(
    numberFacts.map((fact) => [fact, numberOf(fields[fact] ?? '')]),
  ) as Record<(typeof numberFacts)[number], number>;
  const parts = (fields['remindDaysBefore'] ?? '').split(/[、,，・\s]+/).filter(Boolean);
  return {
    ...numbers,
    remindDaysBefore: parts.map(numberOf),
    allowsOvertime: fields['allowsOvertime'] === 'true',
    approvesAutomatically: fields['approvesAutomatically'] === 'true',
    amendmentsNeedApproval: fields['amendmentsNeedApproval'] === 'true',
    publication: fields['publication'] as ClassPolicy['publication'],
    approverRoles: staffRoles.filter(
      (role): role is StaffRole => fields[`approver.${role}`] === 'true',
    ),
  };
};
