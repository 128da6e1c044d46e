/** The purposes for which an approved template may be named in `ZALO_TEMPLATES`. */
export const TEMPLATE_PURPOSES = ['period_opening', 'reminder', 'returned', 'directive', 'notice'] as const;
