/** Whatever of a form people type into, tick or choose from. */
export type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export const isTicked = (box: Box): box is HTMLInputElement =>
  box.type === 'checkbox' || box.type === 'radio';

/** Writes as a person would: whoever listens to the box hears of it. */
export const write = (box: Box, value: string | boolean): void => {
  const isSame = isTicked(box) ? box.checked === value : box.value === value;
  if (isSame) return;
  if (isTicked(box)) box.checked = value === true;
  else box.value = String(value);
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.dispatchEvent(new Event('change', { bubbles: true }));
};
