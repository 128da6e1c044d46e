import { lookup as lookUpAll, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { extensionOf } from './media-types';
import type { EvidenceKind } from './evidence';

/**
 * Fetches one picture, file or voice note from the messenger's own servers. The address came in a message, so it is
 * trusted with nothing: only hosts on the list, with what lies below them, only http and https on their usual ports, no
 * address inside our own network (looked at after the name is resolved, so that a name cannot point there), no
 * redirect off the list, no more bytes than the limit, nothing but the kinds of content that people send.
 */
export interface FetchMediaOptions {
  /** `zdn.vn` stands for itself and everything below it. An address in digits stands for that machine, inside or not. */
  readonly hosts: readonly string[];
  /** Further origins that are taken as they are, such as the simulator's own; asked at each fetch. */
  readonly origins?: () => readonly string[];
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

/** `again`: whether a later try can help. `reason` is a fixed word and never holds the address. */
export type Fetched =
  | { readonly outcome: 'fetched'; readonly bytes: Buffer; readonly extension: string }
  | { readonly outcome: 'failed'; readonly reason: FetchFault; readonly again: boolean };

export type FetchFault =
  | 'address_refused'
  | 'private_address'
  | 'too_large'
  | 'wrong_content'
  | 'gone'
  | 'refused'
  | 'unreachable'
  | 'too_slow'
  | 'empty';

export type FetchMedia = (url: string, kind: EvidenceKind, name: string | null) => Promise<Fetched>;

const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 20_000;
const REDIRECTS_MAX = 3;

class Refusal extends Error {
  constructor(
    readonly reason: FetchFault,
    readonly again: boolean,
  ) {
    super(reason);
  }
}

const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INSIDE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INSIDE.addSubnet(network, prefix, 'ipv6');

/** Whether an address lies in a network that is nobody's on the open internet. */
export function isInside(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return INSIDE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

export function createFetchMedia(options: FetchMediaOptions): FetchMedia {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  return async (url, kind, name) => {
    const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    try {
      const { bytes, type } = await get(url, options, maxBytes, signal, 0);
      if (bytes.length === 0) throw new Refusal('empty', true);
      const extension = extensionOf(kind, type, name);
      if (extension === null) throw new Refusal('wrong_content', false);
      return { outcome: 'fetched', bytes, extension };
    } catch (error) {
      if (error instanceof Refusal) return { outcome: 'failed', reason: error.reason, again: error.again };
      return { outcome: 'failed', reason: signal.aborted ? 'too_slow' : 'unreachable', again: true };
    }
  };
}

async function get(
  address: string,
  options: FetchMediaOptions,
  maxBytes: number,
  signal: AbortSignal,
  redirects: number,
): Promise<{ bytes: Buffer; type: string }> {
  const { url, trusted } = allowed(address, options);
  const answer = await open(url, trusted, signal);
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400 && answer.headers.location !== undefined) {
    answer.destroy();
    if (redirects >= REDIRECTS_MAX) throw new Refusal('refused', false);
    const next = answer.headers.location;
    const href = URL.canParse(next, url.href) ? new URL(next, url.href).href : '';
    return get(href, options, maxBytes, signal, redirects + 1);
  }
  if (status !== 200) {
    answer.destroy();
    if (status === 404 || status === 410 || status === 403) throw new Refusal('gone', status === 403);
    throw new Refusal('refused', status >= 500 || status === 429 || status === 408);
  }
  return { bytes: await read(answer, maxBytes), type: answer.headers['content-type'] ?? '' };
}

function allowed(address: string, options: FetchMediaOptions): { url: URL; trusted: boolean } {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refusal('address_refused', false);
  if (url.username !== '' || url.password !== '') throw new Refusal('address_refused', false);
  if (options.origins?.().includes(url.origin)) return { url, trusted: true };
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) {
    if (!options.hosts.includes(host)) throw new Refusal('address_refused', false);
    return { url, trusted: true };
  }
  const listed = options.hosts.some((allow) => host === allow || host.endsWith(`.${allow}`));
  if (!listed || url.port !== '') throw new Refusal('address_refused', false);
  return { url, trusted: false };
}

function open(url: URL, trusted: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        signal,
        headers: { accept: '*/*', 'accept-encoding': 'identity' },
        ...(trusted ? {} : { lookup: publicOnly }),
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end();
  });
}

/** Resolves a name and lets the connection go to what it resolved to, unless any of that lies inside. */
const publicOnly: LookupFunction = (hostname, options, done) => {
  lookUpAll(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, '');
    const [first] = found;
    if (!first || found.some(({ address }) => isInside(address)))
      return done(new Refusal('private_address', false), '');
    if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });
};

async function read(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) {
    answer.destroy();
    throw new Refusal('too_large', false);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop ends the stream and its connection.
    if (size > maxBytes) throw new Refusal('too_large', false);
    chunks.push(chunk);
  }
  if (!answer.complete) throw new Refusal('unreachable', true);
  return Buffer.concat(chunks, size);
}
