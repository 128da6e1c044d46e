/** Which answers are right for a label of the labelled lines: articles, or another part of the program that takes the line. */
export interface Expected {
  readonly articles: readonly string[];
  /** Ids of commands that take it as well; `secret`: it is covered and warned about. */
  readonly taken?: readonly string[];
  /** Nothing of ours: silence, a question or an article that says so is right, a how-to is not. */
  readonly elsewhere?: boolean;
  /** Too short to know: a question is the right first answer. */
  readonly vague?: boolean;
}

const of = (...articles: string[]): Expected => ({ articles });
const taken = (...kinds: string[]): Expected => ({ articles: [], taken: kinds });
const SCAMS = ['scam-warning', 'scam-link', 'scam-level3', 'scam-bank-call'];
/** The command looks the classes up; the article is for those with whom there is no talk. */
const CLASS: Expected = { articles: ['class-near', 'where-to-learn'], taken: ['classes-near', 'sign-up'] };
const NOT_OURS: Expected = {
  articles: ['not-ours-account', 'not-ours-phone', 'lost-card', 'change-card'],
  taken: ['greeting', 'thanks', 'help', 'small-talk'],
  elsewhere: true,
};

/** Labels of citizen lines by topic. */
export const TOPICS: Readonly<Record<string, Expected>> = {
  get_level2: of(
    'get-level2',
    'level2-at-home',
    'level2-wait',
    'what-is-level2',
    'child-account',
    'child-card',
    'level2-foreigner',
  ),
  activate: of(
    'activate-level2',
    'activation-fails',
    'install-vneid',
    'password-rules',
    'no-smartphone',
    'help-parents',
  ),
  password: of('forgot-vneid-password', 'change-password', 'account-locked'),
  passcode: of('forgot-passcode', 'change-passcode'),
  otp: of('otp-not-received'),
  new_phone: of('new-phone', 'nfc-login', 'nfc-fails', 'borrowed-phone'),
  lost_phone_lock: of('lock-account'),
  change_number: of('change-number'),
  benefit: of('benefit-account', 'benefit-refused', 'benefit-no-bank'),
  insurance_licence: of('insurance-card', 'driving-licence', 'integrate-papers'),
  courses: of('where-to-learn', 'course-2026', 'lesson-locked', 'course-certificate', 'skills-confirmation'),
  signature: of('digital-signature', 'signature-cost'),
  dvc: of('online-services', 'dossier-track', 'dossier-error'),
  merger: of('merger-papers'),
  scam: of(...SCAMS),
  told_code: of('told-a-code'),
  contacts: { articles: ['contacts', 'office-hours'], taken: ['human'] },
  class_near: CLASS,
  help: of('help-parents', 'no-smartphone', 'device-unsupported', 'vneid-fee'),
  human: taken('human'),
  /** Where an office is: the command asks where the person lives, and names its offices. */
  where: { articles: ['contacts', 'office-hours'], taken: ['who-helps-here'] },
  secret: taken('secret'),
  login: of('login-fails'),
  vague: {
    articles: [],
    taken: ['help', 'ask-vneid', 'leave-class', 'sign-up'],
    vague: true,
    elsewhere: true,
  },
  other: NOT_OURS,
  // `leave-class` answers only those who are in a class; for others the search goes on.
  mixed: { articles: ['forgot-vneid-password'], taken: ['help', 'leave-class'], vague: true },
  'is this channel a scam': { articles: ['is-this-a-scam'], taken: ['who-are-you', 'is-it-a-scam'] },
};

/** Labels of citizen lines by intent; one that is not here is no question for an article. */
export const INTENTS: Readonly<Record<string, Expected>> = {
  citizen_question_relay: of('scam-level3'),
  howto_activate_level2: of('activate-level2'),
  // Whoever names their place with it is asked whether it is that, and told who helps there.
  where_level2: { articles: ['get-level2'], taken: ['place', 'who-helps-here'] },
  level2_result_waiting: of('level2-wait'),
  level2_at_home: of('level2-at-home'),
  level2_foreigner: of('level2-foreigner'),
  what_level2: of('what-is-level2'),
  activation_fails: of('activation-fails'),
  install: of('install-vneid'),
  password_rules: of('password-rules'),
  change_password: of('change-password'),
  change_passcode: of('change-passcode'),
  borrowed_phone: of('borrowed-phone'),
  integrate_papers: of('integrate-papers'),
  course_2026: of('course-2026', 'where-to-learn'),
  lesson_locked: of('lesson-locked'),
  lost_card: of('lost-card', 'change-card'),
  scam_level3: of('scam-level3'),
  accessibility_step_by_step: taken('speak-slowly', 'help-tree'),
  otp_not_received: of('otp-not-received'),
  forgot_password: of('forgot-vneid-password'),
  forgot_passcode: of('forgot-passcode'),
  new_phone: of('new-phone'),
  new_phone_lost_old: of('new-phone', 'nfc-login'),
  nfc_fail: of('nfc-fails', 'nfc-login'),
  lock_account: of('lock-account'),
  change_phone_number: of('change-number'),
  link_social_security: of('benefit-account'),
  link_social_security_no_bank: of('benefit-no-bank'),
  link_rejected: of('benefit-refused'),
  howto_no_smartphone: of('no-smartphone'),
  do_for_parent: of('help-parents'),
  child_account: of('child-account'),
  child_card: of('child-card'),
  integrate_licence: of('driving-licence'),
  integrate_bhyt: of('insurance-card'),
  confirm_digital_skills: of('skills-confirmation'),
  course_register: of('where-to-learn'),
  course_certificate: of('course-certificate'),
  digital_signature: of('digital-signature'),
  digital_signature_cost: of('signature-cost'),
  dvc_howto: of('online-services'),
  dvc_error: of('dossier-error'),
  dvc_tracking: of('dossier-track'),
  ask_class_schedule: CLASS,
  ask_class_topic: CLASS,
  hotline: { articles: ['contacts'], taken: ['who-helps-here'] },
  contact_lookup: of('contacts'),
  office_hours: of('office-hours'),
  scam_report: of(...SCAMS),
  scam_victim: of('told-a-code'),
  merger_change_papers: of('merger-papers'),
  login_fail: of('login-fails', 'activation-fails'),
  device_unsupported: of('device-unsupported'),
  account_locked: of('account-locked'),
  ask_fee: of('vneid-fee'),
  ask_is_bot: taken('who-are-you'),
  ask_owner: { articles: ['is-this-a-scam'], taken: ['who-are-you'] },
  ask_human: taken('human'),
  privacy_access: taken('privacy', 'my-data'),
  privacy_delete: taken('delete-me'),
  opt_out: taken('stop-messages'),
  thanks: taken('thanks'),
  offtopic: NOT_OURS,
  other_complaint: NOT_OURS,
};

/** What a label expects; `forgot_password|new_phone`: two questions in one, and either answer is right. Throws a RangeError on one that nothing answers. */
export function expectedOf(label: string): Expected {
  const each = label.split('|').map((name) => TOPICS[name] ?? INTENTS[name]);
  const known = each.filter((one) => one !== undefined);
  if (known.length < each.length) throw new RangeError(`nothing answers the label ${label}`);
  return {
    articles: known.flatMap(({ articles }) => articles),
    taken: known.flatMap(({ taken }) => taken ?? []),
    elsewhere: known.some(({ elsewhere }) => elsewhere),
    vague: known.some(({ vague }) => vague),
  };
}
