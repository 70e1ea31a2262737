const width = 110;

/** Long sentences broken where a terminal would break them. */
export function wrapped(line: string): string {
  const indent = line.startsWith('- ') ? '  ' : '';
  let length = 0;
  const words = line.split(' ').map((word, index) => {
    const breaks = index > 0 && length + 1 + word.length > width;
    length = breaks ? indent.length + word.length : length + word.length + (index > 0 ? 1 : 0);
    return index === 0 ? word : `${breaks ? `\n${indent}` : ' '}${word}`;
  });
  return words.join('');
}
