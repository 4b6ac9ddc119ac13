export interface High {
  readonly floor: 'reporting';
}
