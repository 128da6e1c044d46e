/**
 * A photo without what the camera wrote beside it: place, time, device. Only JPEG carries that in practice; other
 * content, and a JPEG that cannot be read, is returned as it is.
 */
export function withoutMetadata(bytes: Buffer, extension: string): Buffer {
  if (extension !== 'jpg' || bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return bytes;
  const parts: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    // The picture itself begins: everything after stays.
    if (marker === 0xda) return Buffer.concat([...parts, bytes.subarray(at)]);
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return bytes;
    if (!isMetadata(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return bytes;
}

/** APP1 (EXIF, XMP), APP3 to APP13 and comments. APP0, the colours of APP2 and APP14 belong to the picture. */
function isMetadata(marker: number): boolean {
  return marker === 0xe1 || (marker >= 0xe3 && marker <= 0xed) || marker === 0xfe;
}
