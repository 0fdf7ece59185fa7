/** What a page of lines needs to know of the drawn paper, in points from the top of the first page. */
export interface MeasuredLines {
  /** Where the first line begins. */
  readonly top: number;
  /** Of the heading of the columns, which every page repeats. */
  readonly headHeight: number;
  readonly heights: readonly number[];
  /** Sum and tax, which never stand without a line. */
  readonly tailHeight: number;
}

export interface PageRoom {
  readonly top: number;
  readonly bottom: number;
  /** Of a line with a sum carried forward. */
  readonly carryHeight: number;
}

/** Lines `from` until before `to` stand on one page. */
export interface LinesOfPage {
  readonly from: number;
  readonly to: number;
  readonly isOnNewPage: boolean;
}

const sum = (heights: readonly number[]) => heights.reduce((total, height) => total + height, 0);

/** How many lines fit and leave at least one for the next page. */
const countFitting = (heights: readonly number[], room: number): number => {
  let left = room;
  const overflow = heights.slice(0, -1).findIndex((height) => (left -= height) < 0);
  return overflow < 0 ? heights.length - 1 : overflow;
};

/**
 * Which lines stand on which page: each page but the last ends with a sum carried forward, each but the
 * first begins with it, and the last line stays with the total.
 */
export const linesByPage = (
  { top, headHeight, heights, tailHeight }: MeasuredLines,
  { top: pageTop, bottom, carryHeight }: PageRoom,
): readonly LinesOfPage[] => {
  const pages: LinesOfPage[] = [];
  let from = 0;
  let room = bottom - top;
  while (from < heights.length) {
    const left = heights.slice(from);
    const isWhole = sum(left) + tailHeight <= room;
    const isFresh = from > 0 || pages.length > 0 || top - headHeight <= pageTop;
    const count = isWhole ? left.length : countFitting(left, room - carryHeight);
    if (count === 0 && !isFresh) {
      room = bottom - pageTop - headHeight;
      pages.push({ from: 0, to: 0, isOnNewPage: false });
      continue;
    }
    // A line taller than a page is broken by the printer; it still goes on.
    const to = from + Math.max(count, 1);
    pages.push({ from, to, isOnNewPage: pages.length > 0 });
    from = to;
    room = bottom - pageTop - headHeight - carryHeight;
  }
  return pages.filter((page) => page.to > page.from);
};
