/**
 * Branded identifiers. A brand is put on in a parser (an import, an activity, a row) or where an
 * identifier is first made (a draw), and nowhere else: `as PersonId` in a decision is a defect.
 */
declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Branded<'person'>;
export type TeamId = Branded<'team'>;
export type ServiceId = Branded<'service'>;
/** The council's own case number. Shown only in personal chat to the people of that PLR. */
export type CaseRef = Branded<'case'>;
/** `PLR-7K3M2Q`: opaque, the same everywhere, and the only name of a case outside personal chat. */
export type PlrRef = Branded<'plr'>;
/** `2022-04` for a monthly cycle; `2022-07-practice-week-care-experienced` for one of its own kind. */
export type CycleId = Branded<'cycle'>;
/** The Entra object id: what the authenticated activity says of its sender. */
export type AadObjectId = Branded<'aad-object'>;
/** A practice standard, as the form definition names it. */
export type StandardId = Branded<'standard'>;
export type ActionId = Branded<'action'>;
