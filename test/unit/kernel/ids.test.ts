import { channelUserId, channelWord } from '../../../src/kernel/ids';

it.each([
  ['zalo:33', 'zalo', '33'],
  ['zalo-visitor:a/b:c', 'zalo-visitor', 'a/b:c'],
  ['33', '', '33'],
  ['', '', ''],
])('reads %j as the channel %j and the id %j', (address, word, id) => {
  expect([channelWord(address), channelUserId(address)]).toEqual([word, id]);
});
