import { make } from './dom.js';
import { t } from './words.js';

/** What is not text in a chat. Things kept by the simulator are shown; what lies elsewhere is a link only. */

/** The path of something kept here, whatever name this machine was called by; null: it lies elsewhere. */
function keptHere(url) {
  if (!URL.canParse(url ?? '')) return null;
  const { pathname } = new URL(url);
  return /\/media\/[0-9a-f]{24}\//.test(pathname) ? pathname : null;
}

/** `onLoad` is called once a picture has its size. */
export function drawMedia(media, onLoad) {
  if (!media) return null;
  const kind = t(`simulator:kind_${media.kind}`);
  const here = keptHere(media.url);
  if (here && (media.kind === 'image' || media.kind === 'gif'))
    return make('img', {
      class: 'photo',
      src: here,
      alt: media.name ?? kind,
      width: 240,
      height: 160,
      onload: onLoad,
    });
  const label = media.name ? `${kind}: ${media.name}` : kind;
  const href = here ?? media.url;
  return href
    ? make('a', { class: 'media', href, target: '_blank', rel: 'noreferrer' }, label)
    : make('span', { class: 'media' }, label);
}
