import { Agent, request } from 'node:http';
import autocannon from 'autocannon';

const share = (part, whole) => `${Math.round((100 * part) / whole)} %`;
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const at = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

const cannon = async (url, { connections, seconds, processor, headers }) => {
  const before = await processor();
  const { requests, latency, non2xx, errors } = await autocannon({
    url,
    connections,
    duration: seconds,
    headers,
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} not 2xx, ${errors} errors`);
  return {
    perSecond: requests.average,
    p50: latency.p50,
    p99: latency.p99,
    processor: ((await processor()) - before) / requests.total,
  };
};

const summary = (runs) => ({
  perSecond: middle(runs.map(({ perSecond }) => perSecond)),
  p50: middle(runs.map(({ p50 }) => p50)),
  p99: middle(runs.map(({ p99 }) => p99)),
  processor: middle(runs.map(({ processor }) => processor)),
});

const row = (what, { perSecond, p50, p99, processor }, ratio) => ({
  what,
  'per second': Number(perSecond.toPrecision(4)),
  'p50 ms': Number(p50.toFixed(1)),
  'p99 ms': Number(p99.toFixed(1)),
  'server CPU ms each': Number(processor.toFixed(2)),
  ratio,
});

/** Each path against its own answer as a constant, in turns, so that a noisy neighbour hits both. */
export const comparePaths = async (address, paths, load) => {
  const { connections, seconds, rounds, processor, cookie = '' } = load;
  const headers = { cookie };
  const once = { connections, processor, headers };
  const rows = [];
  for (const [name, path] of Object.entries(paths)) {
    const constant = `${address}/api/bench/constant?of=${encodeURIComponent(path)}`;
    const runs = { real: [], floor: [] };
    const bytes = (await (await fetch(`${address}${path}`, { headers })).arrayBuffer()).byteLength;
    await cannon(`${address}${path}`, { ...once, seconds: 1 });
    await cannon(constant, { ...once, seconds: 1 });
    for (let round = 0; round < rounds; round += 1) {
      runs.real.push(await cannon(`${address}${path}`, { ...once, seconds }));
      runs.floor.push(await cannon(constant, { ...once, seconds }));
    }
    const [real, floor] = [summary(runs.real), summary(runs.floor)];
    rows.push(
      row(`${name} (${Math.ceil(bytes / 1024)} KB)`, real, share(real.perSecond, floor.perSecond)),
      row('  the same bytes, constant', floor, ''),
    );
  }
  return rows;
};

/** Works off `jobs` with so many at once; how many a second, and how long each took. */
export const workOff = async (jobs, { connections, processor }, work) => {
  const before = await processor();
  const waiting = [...jobs];
  const took = [];
  const began = performance.now();
  const worker = async (index) => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const start = performance.now();
      await work(job, index);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => worker(index)));
  const seconds = (performance.now() - began) / 1_000;
  return {
    perSecond: took.length / seconds,
    p50: at(took, 0.5),
    p99: at(took, 0.99),
    processor: ((await processor()) - before) / took.length,
  };
};

export const openPoster = (address, connections) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const post = (path, cookie, json) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(json);
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        cookie,
      };
      const sent = request(`${address}${path}`, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.once('end', () => resolve({ status: response.statusCode, text }));
      });
      sent.once('error', reject);
      sent.end(body);
    });
  return { post, close: () => agent.destroy() };
};

export const compareRuns = (what, runs) => {
  const [api, straight] = [summary(runs.api), summary(runs.straight)];
  return [
    row(what, api, share(api.perSecond, straight.perSecond)),
    row('  the same statements, straight', straight, ''),
  ];
};
