import { onMount } from 'svelte';
import { browser } from '$app/environment';

/**
 * Whoever types before the page has woken up keeps the place of the cursor: waking writes the same
 * text into the box once more, which would move it. To be called by the outermost layout.
 */
export const keepCursor = (): void => {
  if (!browser) return;
  const box = document.activeElement;
  if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return;
  const { value, selectionStart, selectionEnd, selectionDirection } = box;
  if (selectionStart === null) return;
  const restore = () => {
    if (box.value === value)
      box.setSelectionRange(selectionStart, selectionEnd, selectionDirection!);
  };
  // What waking does to the boxes stands in the queue before this.
  onMount(() => queueMicrotask(restore));
};
