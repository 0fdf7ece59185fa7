import { spawn, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface ProxyPorts {
  readonly plain: number;
  readonly tls: number;
  readonly server: number;
}

const places = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'];

export const findNginx = (): string | undefined => places.find((place) => fs.existsSync(place));

const certificateIn = (folder: string) => path.join(folder, 'tls.pem');

/** What a browser is told to trust: of a certificate that errs it would keep nothing in its cache. */
export const keyHashOf = (folder: string): string => {
  const { publicKey } = new X509Certificate(fs.readFileSync(certificateIn(folder)));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
};

const makeCertificate = (folder: string) => {
  const [certificate, key] = [certificateIn(folder), path.join(folder, 'tls.key')];
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = spawnSync('openssl', [
    ...request.split(' '),
    ...names,
    ...['-keyout', key, '-out', certificate],
  ]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr?.toString()}`);
  return { certificate, key };
};

/** The file the README gives to operators, with the names of this run. */
const fillConfiguration = (folder: string, { plain, tls, server }: ProxyPorts) => {
  const { certificate, key } = makeCertificate(folder);
  const names: readonly (readonly [string, string])[] = [
    ['listen 80;', `listen ${plain};`],
    ['listen 443 ', `listen ${tls} `],
    ['https://kaikan.example.jp$request_uri', `https://localhost:${tls}$request_uri`],
    ['/etc/ssl/certs/kaikan.example.jp.pem', certificate],
    ['/etc/ssl/private/kaikan.example.jp.key', key],
    ['server_name kaikan.example.jp;', 'server_name localhost;'],
    ['http://127.0.0.1:3000', `http://127.0.0.1:${server}`],
  ];
  return names.reduce(
    (text, [written, filled]) => {
      if (!text.includes(written)) throw new Error(`docs/nginx.conf no longer says «${written}»`);
      return text.replaceAll(written, filled);
    },
    fs.readFileSync('docs/nginx.conf', 'utf8'),
  );
};

/** Around it only what keeps nginx in a folder of its own; buffers and limits stay nginx's. */
const aroundIt = (folder: string) => {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join('\n  ');
  return `${process.getuid?.() === 0 ? 'user root;\n' : ''}daemon off;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${temporary}
  include ${folder}/site.conf;
}
`;
};

/** A proxy with TLS before a running server; gives back how to end it. */
export const startNginx = (nginx: string, folder: string, ports: ProxyPorts) => {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'site.conf'), fillConfiguration(folder, ports));
  fs.writeFileSync(path.join(folder, 'nginx.conf'), aroundIt(folder));
  const child = spawn(nginx, ['-p', folder, '-c', path.join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
};
