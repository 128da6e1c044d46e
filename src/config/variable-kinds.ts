import { z } from 'zod';

/** Kinds of variables: each reads a text and says in one line what is wrong with it. */

export const text = (fallback: string) => z.string().trim().default(fallback);
export const integer = (fallback: number, min: number, max: number) =>
  z
    .string()
    .trim()
    .default(String(fallback))
    .refine((v) => /^-?\d+$/.test(v) && Number(v) >= min && Number(v) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);
export const url = (fallback: string) =>
  z
    .string()
    .trim()
    .default(fallback)
    .refine((v) => v === '' || URL.canParse(v), { error: 'must be a URL such as https://example.vn' })
    .transform((v) => v.replace(/\/+$/, ''));
/** `17T17:00`: a day of the month and a time of day in Viet Nam. */
export const monthMoment = (fallback: string) =>
  z
    .string()
    .trim()
    .default(fallback)
    .refine((v) => /^(0?[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d$/.test(v), {
      error: 'must look like 17T17:00 (day of the month 1-28, then the time of day)',
    })
    .transform((v) => {
      const [day, clock] = v.split('T') as [string, string];
      const [hour, minute] = clock.split(':').map(Number) as [number, number];
      return { day: Number(day), hour, minute };
    });
export const timeOfDay = (fallback: string) =>
  z
    .string()
    .trim()
    .default(fallback)
    .refine((v) => /^([01]\d|2[0-3]):[0-5]\d$/.test(v), { error: 'must look like 08:00' })
    .transform((v) => {
      const [hour, minute] = v.split(':').map(Number) as [number, number];
      return { hour, minute };
    });
