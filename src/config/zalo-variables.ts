import { z } from 'zod';
import { commaList } from '../kernel/lists';
import { TEMPLATE_PURPOSES } from './purposes';
import { integer, text, url } from './variable-kinds';

/** What concerns Zalo: who we are there, how it is reached, what may be sent and what that costs. */
export const ZALO_VARIABLES = {
  ZALO_APP_ID: text('').describe(
    'Zalo app id; the four of app id, app secret, OA id and OA secret key come together or not at all',
  ),
  ZALO_APP_SECRET: text('').describe('Zalo app secret, for the token endpoint'),
  ZALO_OA_ID: text('').describe('Id of the Official Account'),
  ZALO_OA_SECRET_KEY: text('').describe(
    'OA secret key, for webhook signatures; two, separated by a comma, during a rotation',
  ),
  ZALO_OPENAPI_URL: url('https://openapi.zalo.me').describe('Zalo OA API'),
  ZALO_OAUTH_URL: url('https://oauth.zaloapp.com').describe('Zalo OAuth'),
  ZALO_BUSINESS_URL: url('https://business.openapi.zalo.me').describe(
    'Zalo template messages by phone number',
  ),
  ZALO_ACCESS_TOKEN: text('').describe('First access token, used only while the token store is empty'),
  ZALO_REFRESH_TOKEN: text('').describe('First refresh token, used only while the token store is empty'),
  ZALO_CALLBACK_URL: text('').describe(
    'Callback address saved in the Zalo console, letter by letter; empty means PUBLIC_URL',
  ),
  ZALO_PKCE_VERIFIER: text('').describe(
    'Fixed PKCE verifier when the console fixes the challenge; empty: a fresh one per log-in',
  ),
  ZALO_APPSECRET_PROOF: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe('Whether calls carry appsecret_proof; on only when it is switched on for the app as well'),
  ZALO_SITE_VERIFICATION: z
    .string()
    .trim()
    .default('')
    .transform((v) => commaList(v).map((code) => code.replace(/^zalo_verifier(.+?)(?:\.html)?$/, '$1')))
    .refine((codes) => codes.every((code) => /^[\w-]{1,128}$/.test(code)), {
      error: 'must be codes of letters, digits, - and _, separated by commas',
    })
    .describe(
      'Codes with which Zalo verifies the domain: /zalo_verifierCODE.html and the home page show them; separated by commas',
    ),
  ZALO_TEMPLATES: z
    .string()
    .trim()
    .default('')
    .transform((v, context) => {
      const found: Record<string, string> = {};
      for (const pair of commaList(v)) {
        const match = /^([a-z_]+):([\w-]+)$/.exec(pair);
        if (!match || !(TEMPLATE_PURPOSES as readonly string[]).includes(match[1] ?? '')) {
          context.addIssue(
            `«${pair}» must look like purpose:template_id with one of the purposes ${TEMPLATE_PURPOSES.join(', ')}`,
          );
          return z.NEVER;
        }
        found[match[1] as string] = match[2] as string;
      }
      return found;
    })
    .describe(
      'Approved templates, purpose:template_id pairs separated by commas; purposes period_opening, reminder, returned, directive, notice',
    ),
  ZALO_PAID_PURPOSES: z
    .string()
    .trim()
    .default('period_opening,reminder,returned,directive,notice')
    .refine(
      (v) =>
        v === '' || v.split(',').every((p) => (TEMPLATE_PURPOSES as readonly string[]).includes(p.trim())),
      {
        error: `must be purposes out of ${TEMPLATE_PURPOSES.join(', ')}, separated by commas`,
      },
    )
    .transform(commaList)
    .describe('Purposes that may cost money: sent between the free window and the end of the allowed window'),
  ZALO_FREE_WINDOW_HOURS: integer(48, 1, 720).describe(
    'Hours after a person wrote in which messages are free',
  ),
  ZALO_ALLOWED_WINDOW_HOURS: integer(168, 1, 8760).describe(
    'Hours after a person wrote in which messages are accepted at all',
  ),
  ZALO_REQUESTS_PER_MINUTE: integer(100, 1, 1_000_000).describe(
    'Limit of requests to Zalo, shared by all workers',
  ),
  ZALO_TIMEOUT_MS: integer(8000, 100, 10_000).describe('How long an answer of Zalo is waited for'),
  CHANNEL: z
    .enum(['zalo', 'zalo-bot'], { error: 'must be zalo or zalo-bot' })
    .default('zalo')
    .describe('Messenger that carries the talk: zalo (Official Account) or zalo-bot (Zalo Bot Platform)'),
  ZALO_BOT_TOKEN: text('').describe('Token of the bot on the Zalo Bot Platform; only with CHANNEL=zalo-bot'),
  ZALO_BOT_SECRET_TOKEN: text('').describe(
    'Secret that the Zalo Bot Platform sends with each webhook, 8 to 256 characters; only with CHANNEL=zalo-bot',
  ),
  ZALO_BOT_API_URL: url('https://bot-api.zaloplatforms.com').describe('Zalo Bot Platform API'),
  ZALO_PHONE_TEMPLATES: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .describe(
      'Whether a template goes by phone number to members who cannot be reached by their Zalo user id',
    ),
  ZALO_MONTHLY_BUDGET_VND: integer(0, 0, 1_000_000_000).describe(
    'Most that messages may cost in a calendar month, in VND; 0 means no limit is set',
  ),
  ZALO_PRICE_MESSAGE_VND: integer(55, 0, 1_000_000).describe(
    'Price of a message in the paid window beyond the allowance of the package',
  ),
  ZALO_PRICE_TEMPLATE_VND: integer(200, 0, 1_000_000).describe('Price of a template sent by user id'),
  ZALO_PRICE_PHONE_TEMPLATE_VND: integer(200, 0, 1_000_000).describe(
    'Price of a template sent by phone number',
  ),
  ZALO_GROUP_MESSAGES: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('on')
    .describe(
      'Whether the bot writes in groups; Zalo has promised that to be free only until 31 December 2026, so watch the bill after that',
    ),
  ZALO_GROUP_ADMINS: z
    .string()
    .trim()
    .default('')
    .transform((v) => commaList(v))
    .refine((ids) => ids.every((id) => /^[\w-]{1,64}$/.test(id)), {
      error: 'must be user ids of Zalo, separated by commas',
    })
    .describe(
      "Zalo user ids, as the account knows them, of the account's own administrators; they sit in every group of a commune; separated by commas; empty: no groups are made",
    ),
  ZALO_PRICE_GROUP_MESSAGE_VND: integer(0, 0, 1_000_000).describe(
    'Price of a message in a group from 1 January 2027 on; counted in the monthly budget',
  ),
  ZALO_MEDIA_HOSTS: text('zdn.vn').describe(
    'Hosts, with everything below them, from which photos and files of people are fetched; separated by commas; machines of the own network only by their IP address',
  ),
  ZALO_GROUP_OPENS_WINDOW: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe('Whether a word in a group counts as an interaction of its sender, which one source says'),
} as const;
