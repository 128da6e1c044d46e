import { crc32, deflateSync } from 'node:zlib';

/** The picture on the card with which a person shares their phone number: a phone on a green field, drawn here so that no file of it can be missing. */

export const SHARE_CARD_PATH = '/share-card.png';

const WIDTH = 640;
const HEIGHT = 360;
/** Field, phone, screen. */
const COLOURS = [0x0b, 0x6b, 0x3a, 0xff, 0xff, 0xff, 0xcf, 0xe8, 0xda];

/** Where the messenger finds it; null when it cannot reach us. */
export function shareCardAddress(at: {
  readonly PUBLIC_URL: string;
  readonly HOST: string;
  readonly PORT: number;
  readonly mode: string;
}): string | null {
  const own = at.mode === 'simulator' ? `http://${at.HOST}:${at.PORT}` : '';
  const base = at.PUBLIC_URL === '' ? own : at.PUBLIC_URL;
  return base === '' ? null : `${base.replace(/\/$/, '')}${SHARE_CARD_PATH}`;
}

/** As PNG bytes, the same each time. */
export function shareCard(): Buffer {
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) rows[y * (WIDTH + 1) + 1 + x] = colourAt(x, y);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[part('IHDR', head), part('PLTE', Buffer.from(COLOURS)), part('IDAT', deflateSync(rows))],
    part('IEND', Buffer.alloc(0)),
  ]);
}

function colourAt(x: number, y: number): number {
  const [dx, dy] = [Math.abs(x - WIDTH / 2), Math.abs(y - HEIGHT / 2)];
  if (dx > 80 || dy > 140) return 0;
  return dx > 68 || dy > 116 ? 1 : 2;
}

function part(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
