import { connect } from 'node:net';

/** Milliseconds that a connection may take. */
const TIMEOUT = 5000;

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'its address is not known',
  EAI_AGAIN: 'its address cannot be looked up',
  EHOSTUNREACH: 'no way to it',
  ENETUNREACH: 'no network',
  ECONNRESET: 'connection reset',
};

/**
 * What hinders a connection to an endpoint's address, in a few words; undefined where there is one. Nothing is sent: no
 * request is made, and no key is asked for. Never rejects.
 */
export function whyUnreachable(baseUrl: string, timeout = TIMEOUT): Promise<string | undefined> {
  const place = placeOf(baseUrl);
  if (place === undefined) return Promise.resolve('its address is none');
  return new Promise((resolve) => {
    const end = (reason: string | undefined): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(reason);
    };
    const socket = connect(place);
    const late = setTimeout(() => end(`no answer within ${timeout / 1000} s`), timeout);
    late.unref();
    socket.once('connect', () => end(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => end(REASONS[error.code ?? ''] ?? 'no connection'));
  });
}

function placeOf(baseUrl: string): { readonly host: string; readonly port: number } | undefined {
  if (!URL.canParse(baseUrl)) return undefined;
  const { protocol, hostname, port } = new URL(baseUrl);
  if (hostname === '' || (protocol !== 'http:' && protocol !== 'https:')) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}
