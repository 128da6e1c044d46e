import { textOfParts } from '../org/import/unpacked';

const PARTS = /^word\/(?:document|header\d*|footer\d*)\.xml$/;
const UNPACKED_MAX = 20 * 1024 * 1024;

/** The paragraphs of a Word document, headers and text boxes too, one a line; null for anything that cannot be read as one. Pure. */
export function paragraphsOf(bytes: Buffer, extension: string): string | null {
  if (extension !== 'docx') return null;
  const xml = textOfParts(bytes, PARTS, UNPACKED_MAX);
  return xml === null
    ? null
    : xml
        .replace(/<\/w:p>|<w:p[ >]|<w:br\b|<w:tab\b/g, '\n$&')
        .replace(/<[^>]*>/g, '')
        .replace(/&amp;/g, '&');
}
