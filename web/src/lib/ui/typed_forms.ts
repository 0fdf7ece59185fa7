import { afterNavigate } from '$app/navigation';
import { onMount } from 'svelte';
import { isTicked, write, type Box } from './boxes.ts';

/**
 * What was typed into a form outlives a reload, a step back, and a session that ended on the way: it
 * is kept in this tab until the form was sent or its page was left for another.
 */
const prefix = 'kaikan.typed ';
const returning = 'kaikan.returning';

type Kept = readonly (readonly [name: string, value: string | boolean])[];

const isSecret = ({ type, autocomplete }: Box) =>
  ['password', 'hidden', 'file', 'submit'].includes(type) || autocomplete === 'off';

const boxesOf = (form: HTMLFormElement): Box[] =>
  [...form.elements].filter(
    (one): one is Box =>
      (one instanceof HTMLInputElement ||
        one instanceof HTMLTextAreaElement ||
        one instanceof HTMLSelectElement) &&
      one.name !== '' &&
      !isSecret(one),
  );

const isKept = (form: HTMLFormElement | null): form is HTMLFormElement => form?.method === 'post';

const keyOf = (form: HTMLFormElement): string => {
  const action = form.getAttribute('action') ?? '';
  const alike = [...document.forms].filter((one) => one.getAttribute('action') === action);
  return `${prefix}${location.pathname} ${action} ${alike.indexOf(form)}`;
};

const keep = ({ target }: Event): void => {
  const form = (target as Partial<Box>).form ?? null;
  if (!isKept(form)) return;
  const typed: Kept = boxesOf(form).map((box) => [
    box.name,
    isTicked(box) ? box.checked : box.value,
  ]);
  sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
};

const forget = ({ target }: Event): void => {
  if (target instanceof HTMLFormElement) sessionStorage.removeItem(keyOf(target));
};

const restore = (form: HTMLFormElement): void => {
  const kept = sessionStorage.getItem(keyOf(form));
  if (kept === null) return;
  const boxes = boxesOf(form);
  const typed = JSON.parse(kept) as Kept;
  const isSameForm =
    typed.length === boxes.length && typed.every(([name], at) => boxes[at]!.name === name);
  if (isSameForm) for (const [at, [, value]] of typed.entries()) write(boxes[at]!, value);
};

const keptKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));

const isComingBack = (kind: string): boolean => {
  if (kind !== 'enter') return kind === 'popstate';
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload' || entry?.type === 'back_forward';
};

/** To be called by the outermost layout. */
export const keepTypedForms = (): void => {
  onMount(() => {
    document.addEventListener('change', keep);
    document.addEventListener('input', keep);
    document.addEventListener('reset', forget);
    return () => {
      document.removeEventListener('change', keep);
      document.removeEventListener('input', keep);
      document.removeEventListener('reset', forget);
    };
  });
  afterNavigate(({ type }) => {
    if (location.pathname.startsWith('/sign-')) return sessionStorage.setItem(returning, 'true');
    const comesBack = sessionStorage.getItem(returning) !== null || isComingBack(type);
    sessionStorage.removeItem(returning);
    if (comesBack) for (const form of [...document.forms].filter(isKept)) restore(form);
    else for (const key of keptKeys()) sessionStorage.removeItem(key);
  });
};
