import { deflateRawSync } from 'node:zlib';

const NAME = 'word/document.xml';

/** A Word document with these paragraphs: an archive whose one part is the one that is read, packed as programs pack it. */
export function word(...paragraphs: readonly string[]): Buffer {
  const xml = `<w:document><w:body>${paragraphs
    .map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`)
    .join('')}</w:body></w:document>`;
  const packed = deflateRawSync(Buffer.from(xml));
  const name = Buffer.from(NAME);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(Buffer.byteLength(xml), 8);
  const lengths = Buffer.from([name.length, 0, 0, 0]);
  const kind = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), kind, sizes, lengths, name, packed]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\0'),
    kind,
    sizes,
    lengths,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}
