/** Cards that messages bring whose name is the whole reason; the others are in `message-reasons.ts`. */
export const plainCards = [
  ...['assignment', 'self-assessment', 'self-assessment-written', 'returned', 'rerouted'],
  ...['change-asked', 'change-told', 'reminder', 'reminder-put-away', 'overdue'],
  ...['unconfirmed-concern', 'concern-settled', 'concern-went-out', 'review-shared', 'review-moderated'],
  ...['moderation', 'moderation-soon', 'moderation-today', 'moderation-overdue', 'moderation-nobody-free'],
  ...['moderated', 'moderation-feedback', 'moderation-settled', 'exercise'],
  ...['brief-draft', 'brief-stopped', 'brief-unposted', 'brief-unrecorded', 'agenda-item'],
  ...['report-draft', 'report-published', 'record-ready', 'late-digest'],
] as const;
export type PlainCard = (typeof plainCards)[number];

/** The templates in `cards/`, by their folders. A test compares them with the files. */
export const templates = {
  action: ['check', 'digest', 'list', 'read', 'update'],
  alert: ['alert', 'board', 'in-channel', 'timeline', 'to-raiser'],
  cycle: [
    ...['change', 'change-ask', 'change-decide', 'changes', 'close', 'note', 'reminder', 'reopen'],
    ...['status', 'teams', 'unreached'],
  ],
  home: ['help', 'notice'],
  learning: [
    ...['agenda-item', 'agenda-nudge', 'agenda-record', 'brief', 'brief-edit', 'brief-hits'],
    ...['brief-hold', 'briefs', 'choose-theme', 'findings', 'loop', 'other-learning'],
    ...['other-learning-entered', 'run-chart'],
  ],
  moderation: [
    ...['blind-overall', 'blind-section', 'blind-start', 'calibration', 'exercise', 'exercise-preview'],
    ...['hand-on', 'list', 'outcome', 'reminder'],
  ],
  records: ['list', 'record'],
  report: ['comment', 'publish', 'report'],
  review: [
    ...[
      'assignment',
      'danger',
      'my-reviews',
      'not-returned',
      'returned',
      'self-assessment',
      'step',
      'summary',
    ],
    ...['unconfirmed-concern'],
  ],
  sharing: ['news', 'review'],
  today: ['late', 'today'],
} as const;
export type TemplateName = {
  [Folder in keyof typeof templates]: `${Folder}/${(typeof templates)[Folder][number]}`;
}[keyof typeof templates];

/** What the buttons of the cards say, by what they are about. A test holds that a feature answers each. */
export const verbs = {
  action: ['list', 'open', 'reopen', 'update', 'verify'],
  alert: [
    ...['acknowledge', 'add-action', 'board', 'call', 'close', 'grip', 'open', 'reopen', 'restate'],
    ...['send-back', 'timeline'],
  ],
  calibration: ['show'],
  change: ['ask', 'decide', 'open', 'send'],
  cycle: ['ask-to-close', 'ask-to-reopen', 'close', 'note', 'reopen', 'status', 'teams', 'unreached'],
  exercise: ['close', 'give', 'page', 'preview', 'save', 'send'],
  learning: [
    ...['add', 'add-save', 'agenda', 'approve', 'chart', 'choose-theme', 'edit', 'findings', 'hold'],
    ...['hold-back', 'open', 'record', 'record-save', 'save', 'stop', 'take-up'],
  ],
  moderation: [
    ...['agree', 'ask-hand-on', 'dispute', 'feedback', 'give', 'hand-on', 'name', 'open', 'page'],
    ...['save', 'settle'],
  ],
  records: ['attached', 'list', 'open', 'taken-back'],
  reminder: ['snooze'],
  report: ['ask-to-publish', 'comment', 'correct', 'publish', 'save-comment', 'service', 'show'],
  review: [
    ...['assess-yourself', 'go', 'later', 'no-concern', 'open', 'return', 'save', 'self-assessment'],
    ...['tell-now'],
  ],
  sharing: ['read'],
  today: ['remind', 'show'],
} as const;
export type VerbName = {
  [About in keyof typeof verbs]: `${About}.${(typeof verbs)[About][number]}`;
}[keyof typeof verbs];
