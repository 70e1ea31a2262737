/** How people type in a chat, as the rules read it. */
const chat: readonly (readonly [RegExp, string])[] = [
  [/\bnites?\b/g, 'night'],
  [/\b(?:pls|plz)\b/g, 'please'],
  [/\brn$/g, 'right now'],
  [/^y (?=(?:did|do|does|is|are|was|were|has|have|will|won'?t)\b)/g, 'why '],
  // "At 2 in the night" is a time of the clock, no part of a day.
  [
    /\b(\d{1,2})([:.]\d{2})? ?(?:o'?clock )?(?:in the|at) (night|morning|afternoon|evening)\b/g,
    '$1$2 $3-half',
  ],
  [/\b(0?[1-5]|12)([:.]\d{2})? night-half\b/g, '$1$2 am'],
  [/\b([6-9]|1[01])([:.]\d{2})? night-half\b/g, '$1$2 pm'],
  [/ morning-half\b/g, ' am'],
  [/ (?:afternoon|evening)-half\b/g, ' pm'],
  [/ night-half\b/g, ''],
];

/** A question in lower case, without what stands around it and with the short forms of chats written out. */
export function spelled(question: string): string {
  const text = question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’`]/g, "'")
    .replace(/<[@#!][^>]*>/g, ' ')
    .replace(/[?!.,;:\s]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return chat.reduce((left, [find, put]) => left.replace(find, put), text);
}
