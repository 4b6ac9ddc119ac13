import { z } from 'zod';

/** Whose actions a list shows; who may ask for which is checked each time (list-actions.ts). */
export const scopes = ['mine', 'team', 'all'] as const;
export type ActionScope = (typeof scopes)[number];

const selections = ['open', 'overdue', 'to-verify', 'verified', 'cannot-be-done', 'every'] as const;
export type Selection = (typeof selections)[number];

/** In place of a service's or a team's id. Not empty: Teams takes no choice without a value. */
export const everyOne = 'all';

/** A list as a card asks for it: a filter and a page, never an identity. What cannot be read is left out. */
export const listAsked = z.object({
  scope: z.enum(scopes),
  show: z.enum(selections).catch('open'),
  service: z.string().min(1).max(100).catch(everyOne),
  team: z.string().min(1).max(100).catch(everyOne),
  page: z.coerce.number().int().min(0).max(10_000).catch(0),
});
export type ListAsked = z.infer<typeof listAsked>;
