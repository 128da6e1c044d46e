import { createAssetRepo, type AssetRepo } from '../../../src/channels/zalo/assets.repo';
import { freshStore, type TestStore } from '../../support/stores';

const DAY = 86_400_000;
const START = new Date('2026-03-12T15:00:00Z');
const later = (days: number): Date => new Date(START.getTime() + days * DAY);

describe('the book of uploads', () => {
  let store: TestStore;
  let book: AssetRepo;
  beforeAll(async () => {
    store = await freshStore();
    book = createAssetRepo(store.connection, 'oa-1');
  });
  afterAll(() => store.stop());
  beforeEach(() => store.connection.collection('zalo_assets').deleteMany({}));

  it('knows an upload for six days, for every process and this account alone', async () => {
    await book.keep('image:x.png', 'a1', START);
    expect(await createAssetRepo(store.connection, 'oa-1').find('image:x.png', later(5.9))).toBe('a1');
    expect(await createAssetRepo(store.connection, 'oa-2').find('image:x.png', START)).toBeNull();
    expect(await book.find('image:x.png', later(6))).toBeNull();
    expect(await book.find('image:y.png', START)).toBeNull();
  });

  it('takes the newest, and forgets only what was meant', async () => {
    await book.keep('image:x.png', 'a1', START);
    await book.keep('image:x.png', 'a2', later(1));
    await book.forget('image:x.png', 'a1');
    expect(await book.find('image:x.png', later(2))).toBe('a2');
    await book.forget('image:x.png', 'a2');
    expect(await book.find('image:x.png', later(2))).toBeNull();
  });

  it('does not grow with what Zalo has thrown away', async () => {
    for (let day = 0; day < 20; day += 1) await book.keep(`image:${day}.png`, 'a', later(day));
    expect(await store.connection.collection('zalo_assets').countDocuments({})).toBe(6);
  });
});
