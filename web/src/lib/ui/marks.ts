export const slotStates = ['free', 'held', 'taken', 'closed', 'not_open_yet', 'too_late'] as const;
export type SlotState = (typeof slotStates)[number];

/** The order in which a state hides another where one cell stands for several. */
export const strongestState = (states: readonly SlotState[]): SlotState => {
  const order: readonly SlotState[] = [
    'closed',
    'taken',
    'held',
    'not_open_yet',
    'too_late',
    'free',
  ];
  return order.find((state) => states.includes(state)) ?? 'free';
};
