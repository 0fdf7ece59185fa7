import type { BookingPolicy } from '#api/policies/schema.ts';
import { policyWords } from '#web/words/policies.ts';
import { words } from '#web/words/words.ts';

type Fact = keyof ReturnType<typeof policyWords>['facts'];

/** Every rule of a policy in words, in the order of a booking's life. */
export const factsOf = (policy: BookingPolicy): readonly { fact: Fact; said: string }[] => {
  const text = policyWords();
  const yesNo = (pair: { yes: string; no: string }, is: boolean) => (is ? pair.yes : pair.no);
  const roles = policy.approverRoles.map((role) => words().states.role[role]);
  return [
    { fact: 'holdDays', said: text.days(policy.holdDays) },
    { fact: 'remindDaysBefore', said: text.remind(policy.remindDaysBefore) },
    { fact: 'requestDeadlineDays', said: text.before(policy.requestDeadlineDays) },
    { fact: 'approverRoles', said: roles.join(text.listed) },
    {
      fact: 'approvesAutomatically',
      said: yesNo(text.automatic, policy.approvesAutomatically),
    },
    { fact: 'amendDeadlineDays', said: text.before(policy.amendDeadlineDays) },
    {
      fact: 'amendmentsNeedApproval',
      said: yesNo(text.amendments, policy.amendmentsNeedApproval),
    },
    { fact: 'runDaysMost', said: text.run(policy.runDaysMost) },
    { fact: 'allowsOvertime', said: yesNo(text.overtime, policy.allowsOvertime) },
    { fact: 'bufferMinutes', said: text.minutes(policy.bufferMinutes) },
    { fact: 'optionsMost', said: text.options(policy.optionsMost) },
    { fact: 'challengeHours', said: text.hours(policy.challengeHours) },
    { fact: 'offerHours', said: text.keeps(policy.offerHours) },
  ];
};
