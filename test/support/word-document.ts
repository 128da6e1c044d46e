import { zipOf } from './zip';

/** A Word document with these paragraphs: an archive whose one part is the one that is read, packed as programs pack it. */
export function word(...paragraphs: readonly string[]): Buffer {
  const xml = `<w:document><w:body>${paragraphs
    .map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`)
    .join('')}</w:body></w:document>`;
  return zipOf({ 'word/document.xml': xml });
}
