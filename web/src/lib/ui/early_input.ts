import { onMount } from 'svelte';
import { browser } from '$app/environment';
import { isTicked, write, type Box } from './boxes.ts';

const boxesOfPage = (): Box[] => [
  ...document.querySelectorAll<Box>('input:not([type=hidden], [type=file]), textarea, select'),
];

const isOtherThanSent = (box: Box): boolean => {
  if (box instanceof HTMLSelectElement)
    return [...box.options].some((option) => option.selected !== option.defaultSelected);
  return isTicked(box) ? box.checked !== box.defaultChecked : box.value !== box.defaultValue;
};

/** What was entered before the page listened, to be written again where listening took it back. */
const readInput = (): (() => void) => {
  const entered = boxesOfPage()
    .filter(isOtherThanSent)
    .map((box) => [box, isTicked(box) ? box.checked : box.value] as const);
  return () => {
    for (const [box, value] of entered) if (box.isConnected) write(box, value);
  };
};

/** The same text written into the box once more moves its cursor. */
const readCursor = (): (() => void) => {
  const box = document.activeElement;
  if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return () => {};
  const { value, selectionStart, selectionEnd, selectionDirection } = box;
  if (selectionStart === null) return () => {};
  return () => {
    if (box.value === value)
      box.setSelectionRange(selectionStart, selectionEnd, selectionDirection!);
  };
};

/**
 * On a slow line people type, tick and choose before the page listens. Hydration writes what the
 * server sent into every box; what people entered is more recent and stays.
 * To be called by the outermost layout.
 */
export const keepEarlyInput = (): void => {
  if (!browser) return;
  const writeInput = readInput();
  const placeCursor = readCursor();
  // What hydration does to the boxes stands in the queue before this.
  onMount(() =>
    queueMicrotask(() => {
      writeInput();
      placeCursor();
    }),
  );
};
