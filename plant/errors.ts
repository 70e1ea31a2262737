/** The closed set of things that can go wrong. Surfaces map a code to a status, a reply or an exit code. */
const errorCodes = [
  'bad_config', // the YAML or the environment is wrong: the start is refused
  'bad_input', // what was asked cannot be understood or is out of range
  'not_found', // no such line, stop, decision ...
  'ambiguous', // more than one thing fits; `details.choices` holds them
  'forbidden', // this person may not do this
  'conflict', // somebody else changed it first, or it is over already
  'busy', // a port, a folder or a queue is taken; try again or elsewhere
  'unreachable', // another system does not answer
  'unauthorised', // another system refuses our credentials
  'bad_upstream', // another system answers with something that is not what it promised
  'too_large', // a body, a page or a result over its cap
  'incompatible', // data written by another version
  'internal', // a defect of ours
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * An error written for its reader. `message` says what was asked and what is wrong;
 * `next` says what to do about it. Never carries text of another system unless quoted and cut.
 */
export class AndonError extends Error {
  readonly code: ErrorCode;
  readonly next: string;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    code: ErrorCode,
    message: string,
    next = '',
    options: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AndonError';
    this.code = code;
    this.next = next;
    this.details = options.details ?? {};
  }
}

/** One sentence for a person, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AndonError) return error.next ? `${error.message} ${error.next}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
