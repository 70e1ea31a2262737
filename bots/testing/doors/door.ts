/** A message on a screen: its first line, what is under it, its buttons. `id` stays the same when it is changed in place. */
export type Seen = { id: string; first: string; rest: string[]; buttons: string[] };

/** How a person uses one surface. */
export type Door = {
  title: string;
  where: string;
  ask(text: string): Promise<Seen>;
  alert(): Promise<Seen>;
  /** Presses the button of a message that begins so, and says what the surface shows then. */
  press(on: Seen, button: string): Promise<Seen>;
};

/** What is pressed on a draft or a record and shows in its place. */
export const inPlace: readonly string[] = ['Confirm', 'Take back'];

export const missing = (what: string): never => {
  throw new Error(`there is no ${what}`);
};
