import { databaseOf, refuseWeakUri } from '../../../src/app/mongo';

it.each`
  query                                           | problem                | found
  ${'w=0'}                                        | ${'uri_not_journaled'} | ${'w=0'}
  ${'journal=false'}                              | ${'uri_not_journaled'} | ${'journal=false'}
  ${'w=majority&journal=false'}                   | ${'uri_not_journaled'} | ${'journal=false'}
  ${'w=1'}                                        | ${'uri_weak_writes'}   | ${'w=1'}
  ${'w=2'}                                        | ${'uri_weak_writes'}   | ${'w=2'}
  ${'w=nearby'}                                   | ${'uri_weak_writes'}   | ${'w=nearby'}
  ${'readPreference=secondary'}                   | ${'uri_weak_reads'}    | ${'readPreference=secondary'}
  ${'readPreference=nearest'}                     | ${'uri_weak_reads'}    | ${'readPreference=nearest'}
  ${'readConcernLevel=available'}                 | ${'uri_weak_reads'}    | ${'readConcernLevel=available'}
  ${'w=majority&readPreference=primaryPreferred'} | ${'uri_weak_reads'}    | ${'readPreference=primaryPreferred'}
`(
  'an address that asks for $query is refused: $problem',
  ({ query, problem, found }: Record<string, string>) => {
    const uri = `mongodb://a.example,b.example/db?replicaSet=rs&${query}`;
    expect(() => refuseWeakUri(uri)).toThrow(
      expect.objectContaining({ code: 'store_unsafe', facts: { problem, found } }),
    );
  },
);

it.each([
  'mongodb://127.0.0.1',
  'mongodb://a.example,b.example/db?replicaSet=rs&w=majority&journal=true&readPreference=primary',
  'mongodb://a.example/?wtimeoutMS=1000&retryWrites=false&readConcernLevel=majority',
  'mongodb+srv://user:word@cluster.example/db',
])('%s is taken', (uri) => {
  expect(() => refuseWeakUri(uri)).not.toThrow();
});

it('an address that is none is told as such', () => {
  expect(() => refuseWeakUri('mongodb://')).toThrow(expect.objectContaining({ code: 'store_unavailable' }));
});

it.each`
  uri                                          | database
  ${'mongodb://127.0.0.1'}                     | ${'binh_dan_hoc_vu_so'}
  ${'mongodb://a:1,b:2,c:3/tinh?replicaSet=x'} | ${'tinh'}
  ${'mongodb+srv://u:p@h.example/b%C3%A1o'}    | ${'báo'}
`('the database of $uri is $database', ({ uri, database }: Record<string, string>) => {
  expect(databaseOf(uri as string)).toBe(database);
});
