import { withoutMetadata } from '../../../src/evidence/without-metadata';

const segment = (marker: number, content: string): Buffer => {
  const body = Buffer.from(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const START = Buffer.from([0xff, 0xd8]);
const PICTURE = Buffer.concat([segment(0xda, 'scan'), Buffer.from('pixels'), Buffer.from([0xff, 0xd9])]);

it('takes place, time and device out of a photo and leaves the picture', () => {
  const photo = Buffer.concat([
    START,
    segment(0xe0, 'JFIF'),
    segment(0xe1, 'Exif GPS 21.18 106.07'),
    segment(0xfe, 'a comment'),
    segment(0xdb, 'tables'),
    PICTURE,
  ]);
  expect(withoutMetadata(photo, 'jpg')).toEqual(
    Buffer.concat([START, segment(0xe0, 'JFIF'), segment(0xdb, 'tables'), PICTURE]),
  );
});

it.each([
  ['what is no photo', Buffer.from('%PDF-1.7'), 'pdf'],
  ['what only calls itself one', Buffer.from('hello'), 'jpg'],
  ['a photo cut short', Buffer.concat([START, Buffer.from([0xff, 0xe1, 0xff, 0xff, 1])]), 'jpg'],
])('leaves %s alone', (_what, bytes, extension) => expect(withoutMetadata(bytes, extension)).toBe(bytes));
