import { dropRealStores, realStores } from '../support/real-stores';
import { enginesAskedBy, Supervisor } from '../support/supervisor';

/** A run that was asked to be on MongoDB or Redis must not quietly repeat the embedded one. */

it('the program is on the engines that the tests were asked for, and says so', async () => {
  const program = new Supervisor({ env: await realStores() });
  try {
    await program.start();
    const { TEST_MONGODB_URI: MONGODB_URI, TEST_REDIS_URL: REDIS_URL } = process.env;
    const { store, queue } = await program.saidEngines();
    const asked = enginesAskedBy({ MONGODB_URI, REDIS_URL });
    expect({ store, onRedis: queue === 'redis' }).toEqual({
      store: asked.store,
      onRedis: asked.queue === 'redis',
    });
  } finally {
    await program.close();
    await dropRealStores(program.env);
  }
});
