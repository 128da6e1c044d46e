/**
 * `npm run zalo:login`: an operator lets the program write in the name of the Official Account. Prints the link, takes
 * the address the browser was sent back to, and stores the first pair of tokens, encrypted. Works beside a running
 * server, which takes the new pair up by itself. Run again at any time: the newest consent counts.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { createOAuth } from '../src/channels/zalo/oauth';
import { createZaloTokens } from '../src/channels/zalo/tokens';
import { createTokenRepo } from '../src/channels/zalo/tokens.repo';
import { encryptionKey } from '../src/config/encryption-key';
import { systemClock } from '../src/kernel/clock';
import { silentLog } from '../src/observability/logger';
import { configFromEnvironment, explain } from '../src/runtime/program';
import { openToolStore } from '../src/runtime/tool-store';

async function main(): Promise<number> {
  const config = configFromEnvironment();
  if (config.mode !== 'live') {
    console.error(
      'Set ZALO_APP_ID, ZALO_APP_SECRET, ZALO_OA_ID and ZALO_OA_SECRET_KEY first: the simulator needs no log-in.',
    );
    return 1;
  }
  const callback = config.ZALO_CALLBACK_URL || config.PUBLIC_URL;
  if (callback === '') {
    console.error(
      'Set ZALO_CALLBACK_URL to the callback address that is saved in the Zalo console, letter by letter.',
    );
    return 1;
  }
  // 43 letters and digits, as Zalo asks.
  const verifier =
    config.ZALO_PKCE_VERIFIER ||
    randomBytes(64)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, 43);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const state = randomUUID();
  const oauth = createOAuth({
    baseUrl: config.ZALO_OAUTH_URL,
    appId: config.ZALO_APP_ID,
    appSecret: config.ZALO_APP_SECRET,
    timeoutMs: config.ZALO_TIMEOUT_MS,
  });
  console.log('1. Open this link as an administrator of the Official Account and accept:\n');
  console.log(`   ${oauth.consentUrl(callback, challenge, state)}\n`);
  console.log(
    '2. The browser is sent to an address that begins with your callback. Copy that whole address here.',
  );
  const input = createInterface({ input: process.stdin, output: process.stdout });
  const pasted = (await input.question('   Address: ')).trim();
  input.close();
  const query = URL.canParse(pasted) ? new URL(pasted).searchParams : null;
  const code = query?.get('code') ?? '';
  if (!query || code === '') {
    console.error(
      'That address holds no code. Begin again and copy the whole address, from https to the end.',
    );
    return 1;
  }
  if (query.get('oa_id') !== null && query.get('oa_id') !== config.ZALO_OA_ID) {
    console.error(
      `Another Official Account was chosen (${query.get('oa_id') ?? ''}); ZALO_OA_ID is ${config.ZALO_OA_ID}. Nothing was stored.`,
    );
    return 1;
  }
  if (query.get('state') !== null && query.get('state') !== state) {
    console.error(
      'That address belongs to an earlier link. Begin again and use the newest link. Nothing was stored.',
    );
    return 1;
  }
  const answer = await oauth.exchange(code, verifier);
  if (answer.outcome !== 'pair') {
    const what = answer.outcome === 'unknown' ? answer.detail : `code ${answer.code}`;
    console.error(`Zalo gave no tokens (${what}). A code lives ten minutes and works once: begin again.`);
    return 1;
  }
  const store = await openToolStore(config);
  try {
    const tokens = createZaloTokens({
      repo: createTokenRepo(store.connection, config.ZALO_OA_ID),
      oauth,
      encryptionKey: encryptionKey(config),
      accountId: config.ZALO_OA_ID,
      clock: systemClock,
      log: silentLog,
      owner: randomUUID(),
    });
    await tokens.replace(answer.pair);
  } finally {
    await store.stop();
  }
  console.log('Stored. The program may now write in the name of the Official Account.');
  return 0;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  },
);
