export interface PlanCell {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly planX: number;
  readonly planY: number;
  readonly planWidth: number;
  readonly planHeight: number;
}

export interface PlanBox {
  readonly cell: PlanCell;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlanBox[];
  /** A round length in metres, about a quarter of the drawing. */
  readonly scaleMetres: number;
}

const roundLengths = [1, 2, 5, 10, 20, 50, 100];

const asDrawn = (cells: readonly PlanCell[]): PlanBox[] => {
  const left = Math.min(...cells.map(({ planX }) => planX));
  const top = Math.min(...cells.map(({ planY }) => planY));
  return cells.map((cell) => ({
    cell,
    x: cell.planX - left,
    y: cell.planY - top,
    width: cell.planWidth,
    height: cell.planHeight,
  }));
};

const extent = (boxes: readonly PlanBox[]) => ({
  width: Math.max(...boxes.map(({ x, width }) => x + width)),
  height: Math.max(...boxes.map(({ y, height }) => y + height)),
});

/** A quarter turn to the left: what was on top is now on the left. */
const turned = (boxes: readonly PlanBox[], width: number): PlanBox[] =>
  boxes.map(({ cell, ...box }) => ({
    cell,
    x: box.y,
    y: width - box.x - box.width,
    width: box.height,
    height: box.width,
  }));

/** The drawing of a room from its cells, in metres; long rooms lie on their side. */
export const layPlan = (cells: readonly PlanCell[]): Plan => {
  const upright = asDrawn(cells);
  const size = extent(upright);
  const boxes = size.height > size.width ? turned(upright, size.width) : upright;
  const { width, height } = extent(boxes);
  const scaleMetres = roundLengths.findLast((length) => length <= width / 3.5) ?? 1;
  return { width, height, boxes, scaleMetres };
};
