import type { SentFile } from './openapi/answers';

/** The field `file` of a multipart body; null when it is not there. Enough for one file, as Zalo takes it. */
export function readFileField(type: string | undefined, body: Buffer): SentFile | null {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type ?? '')?.[1];
  if (boundary === undefined) return null;
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at !== -1) {
    const next = body.indexOf(mark, at + mark.length);
    if (next === -1) return null;
    // Between two marks: a line end, headers, an empty line, the content, a line end.
    const part = body.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    const headers = part.subarray(0, Math.max(0, split)).toString('utf8');
    if (split !== -1 && /name="file"/i.test(headers)) {
      const name = /filename="([^"]*)"/i.exec(headers)?.[1];
      return name === undefined ? null : { name, bytes: Buffer.from(part.subarray(split + 4)) };
    }
    at = next;
  }
  return null;
}
