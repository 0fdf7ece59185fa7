/** What a form says when the house refuses it: one sentence, and one for each field concerned. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  readonly detail?: unknown;
  readonly requestId?: string | undefined;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

export const isGroup = (choice: Choice | ChoiceGroup): choice is ChoiceGroup => 'choices' in choice;

export const fieldId = (name: string): string => `field-${name.replaceAll('.', '-')}`;

export const errorFor = (refusal: Refusal | null | undefined, name: string): string | undefined =>
  refusal?.fields.find(({ path }) => path === name)?.message;
