/** What a press carries: the button's own data, and the inputs of its screen. */
export type Press = Readonly<Record<string, unknown>>;

/** The inputs that stand on a screen. */
export interface ScreenInputs {
  /** Their ids; where one verb has several screens, by what the button says of its own. */
  readonly inputs: readonly string[] | ((press: Press) => readonly string[]);
  /** Those of which several choices can be made: with none made, a client sends nothing. */
  readonly several?: readonly string[];
  /** The same button stands on cards without inputs too: those that came unasked. */
  readonly mayBeBare?: true;
}

/**
 * An input that nobody sees, on every screen that has inputs (`cards.ts`). Clients leave out what is empty, so without
 * it a screen on which nothing was typed could not be told from one whose inputs were lost on the way.
 */
export const inputsMark = 'inputs-arrived';

/** On each button that brings the inputs of its card: a card that came unasked may have the same button, and no inputs. */
export const withInputs = 'with-inputs';

/** The value of the choice that takes a single choice back: one left out stays as it was saved. */
export const notAnswered = 'not-answered';

/** In a text that is saved, for whoever has just emptied it: an empty one is left out, and so stays as it was saved. */
export const toEmpty = 'To remove what is saved here, type a space';

export function isPress(data: unknown): data is Press {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** What the value of a choice, a date, a time or a number is made of. */
const chosen = /^[a-z0-9:-]*$/;

/** The texts that were typed into the screen, in their order, without what was only chosen. */
export function textsTyped(data: unknown, { inputs }: ScreenInputs): string[] {
  if (!isPress(data)) return [];
  const ids = typeof inputs === 'function' ? inputs(data) : inputs;
  const values = ids.map((id) => data[id]).filter((value) => typeof value === 'string');
  return values.filter((value) => !chosen.test(value));
}

/**
 * The press with each of its screen's inputs as text: what is no text counts as absent, and is left out. Undefined
 * when nothing arrived from the screen at all.
 */
export function arrivedIn(press: Press, screen: ScreenInputs): Press | undefined {
  const inputs = typeof screen.inputs === 'function' ? screen.inputs(press) : screen.inputs;
  const { [inputsMark]: mark, [withInputs]: had, ...rest } = press;
  const arrived: Record<string, unknown> = { ...rest };
  for (const id of inputs) {
    const value = arrived[id];
    if (typeof value !== 'string') delete arrived[id];
    else if (value.trim() === '') arrived[id] = '';
  }
  const hadNone = inputs.length === 0 || (screen.mayBeBare === true && had !== true);
  const came = typeof mark === 'string' || inputs.some((id) => id in arrived);
  if (!came) return hadNone ? arrived : undefined;
  for (const id of screen.several ?? []) if (inputs.includes(id)) arrived[id] ??= '';
  return arrived;
}
