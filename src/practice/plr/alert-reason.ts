/** What sets off an alert (docs/domain.md, 4.3). */
export type AlertReason = 'inadequate' | 'immediate-concern';
