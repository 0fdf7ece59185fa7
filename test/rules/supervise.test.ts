import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error a script of plain Node
import { supervise } from '../../scripts/supervise.mjs';

type Supervise = (command: string[], means: Record<string, unknown>) => Promise<number>;

/** A process that does what the test says. */
class Child extends EventEmitter {
  readonly heard: string[] = [];
  kill(signal: string) {
    this.heard.push(signal);
  }
  comeUp() {
    this.emit('message', 'up');
    return this;
  }
  end(code: number | null, signal?: string) {
    this.emit('exit', code, signal);
  }
}

let children: Child[];
let waits: number[];
let again: () => void;
let clock: number;
let signals: EventEmitter;

const run = () =>
  (supervise as Supervise)(['node', 'server.js'], {
    spawn: () => children[children.push(new Child()) - 1],
    wait: (work: () => void, milliseconds: number) => {
      waits.push(milliseconds / 1_000);
      again = work;
    },
    now: () => clock,
    say: () => undefined,
    signals,
  });

beforeEach(() => {
  children = [];
  waits = [];
  clock = 0;
  signals = new EventEmitter();
});

describe('the server', () => {
  it('that falls is started again, later each time, and at once after it stood for long', async () => {
    void run();
    for (let fall = 0; fall < 7; fall += 1) {
      children.at(-1)!.comeUp().end(null, 'SIGKILL');
      again();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
    clock = 61_000;
    children.at(-1)!.end(1);
    expect(waits.at(-1)).toBe(1);
  });

  it('that never came up, or ended well, is not started again', async () => {
    const failing = run();
    children[0]!.end(1);
    expect(await failing).toBe(1);
    const ending = run();
    children[1]!.comeUp().end(0);
    expect(await ending).toBe(0);
    expect(waits).toEqual([]);
  });

  it('hears the signal and ends, also while it waits to be started again', async () => {
    const stopping = run();
    children[0]!.comeUp();
    signals.emit('SIGTERM');
    expect(children[0]!.heard).toEqual(['SIGTERM']);
    children[0]!.end(0);
    expect(await stopping).toBe(0);

    signals.removeAllListeners();
    const waiting = run();
    children[1]!.comeUp().end(1);
    signals.emit('SIGINT');
    expect(await waiting).toBe(0);
    expect(children).toHaveLength(2);
  });
});
