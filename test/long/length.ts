/** How much a test does: all of it in `npm run test:year`, and enough to see it work in `npm test`. */
export function length({ full, short }: { readonly full: number; readonly short: number }): number {
  return process.env['PLR_TEST_LENGTH'] === 'full' ? full : short;
}
