import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { MediaStore } from './media-store';
import type { MediaKind } from './zalo-events';

/** Things to send for who has none at hand: a small picture, a voice note, a document. Made here, so that no files lie about. */

interface Sample {
  readonly name: string;
  readonly bytes: Buffer;
}

const SAMPLES: Readonly<Record<'image' | 'gif' | 'audio' | 'video' | 'file', () => Sample>> = {
  image: () => ({ name: 'anh-hien-truong.png', bytes: picture(240, 160) }),
  gif: () => ({
    name: 'anh-dong.gif',
    bytes: Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64'),
  }),
  audio: () => ({ name: 'loi-noi.amr', bytes: voice(50) }),
  video: () => ({ name: 'doan-phim.mp4', bytes: Buffer.from('AAAAGGZ0eXBtcDQyAAAAAGlzb21tcDQy', 'base64') }),
  file: () => ({ name: 'don-de-nghi.pdf', bytes: document() }),
};

/** The attachment's payload of something of this kind, kept where it can be fetched. */
export function samplePayload(media: MediaStore, kind: MediaKind): object {
  if (kind === 'location') return { coordinates: { latitude: '21.2819', longitude: '106.1975' } };
  if (kind === 'sticker') return { id: '46990', url: 'https://sticker.example.zdn.vn/46990.png' };
  if (kind === 'link')
    return { thumbnail: '', description: 'Trang tin', url: 'https://example.vn/tin-tuc/123' };
  const { name, bytes } = SAMPLES[kind]();
  return payloadOf(media, kind, name, bytes);
}

export function payloadOf(media: MediaStore, kind: MediaKind, name: string, bytes: Buffer): object {
  const url = media.keep(name, bytes);
  if (kind === 'audio') return { url };
  if (kind === 'video') return { thumbnail: url, description: '', url };
  if (kind !== 'file') return { thumbnail: url, url };
  const type = /\.(\w+)$/.exec(name)?.[1] ?? '';
  const checksum = createHash('md5').update(bytes).digest('hex');
  return { url, size: String(bytes.length), name, checksum, type };
}

/** A PNG: fields under a sky, as a villager would photograph them. */
function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isSky = y < height * 0.55 + 8 * Math.sin(x / 19);
      const colour = isSky ? [120 + y / 2, 180 + y / 4, 235] : [70 + (x % 16), 140 - y / 4, 60];
      rows.set(colour.map(Math.round), y * (width * 3 + 1) + 1 + x * 3);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** AMR frames of silence, 20 ms each. */
function voice(frames: number): Buffer {
  const frame = Buffer.from([0x04, ...new Array<number>(12).fill(0)]);
  return Buffer.concat([Buffer.from('#!AMR\n'), ...new Array<Buffer>(frames).fill(frame)]);
}

function document(): Buffer {
  const parts = [
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
    'trailer<</Root 1 0 R>>',
  ];
  return Buffer.from(`%PDF-1.4\n${parts.join('\n')}\n%%EOF\n`);
}
