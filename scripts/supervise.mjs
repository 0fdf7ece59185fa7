import { spawn as spawnProcess } from 'node:child_process';

const secondsMost = 30;
const steadyMilliseconds = 60_000;

/** 1, 2, 4 … 30 seconds. */
const secondsAfter = (falls) => Math.min(secondsMost, 2 ** (falls - 1));

const tell = (ending, seconds) =>
  process.stderr.write(
    `kaikan: サーバが終わりました(${ending})。${seconds}秒後に起動し直します。\n` +
      `kaikan: The server ended (${ending}) and is started again in ${seconds} s.\n`,
  );

/**
 * Runs a program as a process of its own and starts it again when it falls; answers its exit code when it
 * was asked to stop, ended well, or never came up: a bad setting is not mended by trying again.
 */
export const supervise = (
  [command, ...args],
  {
    spawn = spawnProcess,
    wait = setTimeout,
    now = Date.now,
    signals = process,
    say = tell,
    env = process.env,
    cameUp = () => {},
  } = {},
) =>
  new Promise((resolve) => {
    let child;
    let waiting;
    let falls = 0;
    let hasBeenUp = false;
    let isStopping = false;

    const start = () => {
      waiting = undefined;
      const since = now();
      // The channel tells the server that we are gone, however we ended.
      child = spawn(command, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
      child.on('message', () => {
        hasBeenUp = true;
        cameUp();
      });
      child.once('exit', (code, signal) => {
        child = undefined;
        if (isStopping || code === 0 || !hasBeenUp) return resolve(code ?? 1);
        falls = now() - since > steadyMilliseconds ? 1 : falls + 1;
        const seconds = secondsAfter(falls);
        say(signal ?? code, seconds);
        waiting = wait(start, seconds * 1_000);
      });
    };

    const stop = (signal) => {
      isStopping = true;
      if (child) return child.kill(signal);
      clearTimeout(waiting);
      resolve(0);
    };
    for (const signal of ['SIGTERM', 'SIGINT']) signals.on(signal, () => stop(signal));
    start();
  });
