import { applyAction } from '$app/forms';
import type { SubmitFunction } from '@sveltejs/kit';

interface Previewing {
  /** The act that answers with a preview and changes nothing. */
  readonly act: string;
  /** Reads the form as it stands. */
  readonly read: (typed: FormData) => unknown;
  readonly busy?: (isBusy: boolean) => void;
}

/**
 * Taking over an answer moves the focus to the page: whoever goes on typing while a preview comes would type
 * into nothing.
 */
const keepingFocus = async (work: () => Promise<void>): Promise<void> => {
  const focused = document.activeElement;
  await work();
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
};

/**
 * Sends a form that asks for a preview while it is being filled in. A preview never takes back what
 * was typed while it was on its way, and is dropped once anything was sent after it.
 */
export const previews = ({ act, read, busy }: Previewing): SubmitFunction => {
  let sent = 0;
  return ({ action, formElement }) => {
    const own = (sent += 1);
    busy?.(true);
    return async ({ result }) => {
      const isPreview = action.search.startsWith(`?/${act}`);
      const isLast = own === sent;
      if (isLast) busy?.(false);
      if (isPreview && !(isLast && formElement.isConnected)) return;
      if (isPreview && 'data' in result && result.data) {
        result.data['fields'] = read(new FormData(formElement));
      }
      if (isPreview) await keepingFocus(() => applyAction(result));
      else await applyAction(result);
    };
  };
};
