import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

const sentence =
  'ただいまお支払いの試験環境が応答していません。少し待ってから、もう一度お試しください。\n' +
  'The test environment of payments does not answer. Please try again in a moment.\n';

const sayAway = (response: ServerResponse) => {
  if (response.headersSent) return response.destroy();
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' });
  return response.end(sentence);
};

/** Passes requests on to another server as they came, its host name too, and the answers back. */
export const passOnTo = (address: string) => {
  const { hostname, port } = new URL(address);
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url, headers } = request;
    const onward = ask({ hostname, port, method, path: url, headers }, (answer) => {
      // How the other server keeps its connection is between it and us.
      const { connection: _, 'keep-alive': _idle, ...told } = answer.headers;
      response.writeHead(answer.statusCode!, told);
      pipeline(answer, response, () => undefined);
    });
    onward.once('error', () => sayAway(response));
    pipeline(request, onward, () => undefined);
  };
};
