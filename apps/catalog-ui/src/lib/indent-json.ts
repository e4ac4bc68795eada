const STEP = '  ';

/**
 * JSON text broken into indented lines for reading. Nothing is parsed, so that keys keep their order and numbers all of
 * their digits; a text that is no JSON comes out with its own words in their order.
 */
export function indentJson(text: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') {
      const end = endOfString(text, at);
      out += text.slice(at, end);
      at = end - 1;
    } else if (character === '{' || character === '[') {
      const next = nextVisible(text, at + 1);
      if (text.charAt(next) === (character === '{' ? '}' : ']')) {
        out += character + text.charAt(next);
        at = next;
      } else {
        depth += 1;
        out += character + newLine(depth);
      }
    } else if (character === '}' || character === ']') {
      depth = Math.max(0, depth - 1);
      out += newLine(depth) + character;
    } else if (character === ',') out += character + newLine(depth);
    else if (character === ':') out += ': ';
    else if (!/\s/.test(character)) out += character;
  }
  return out;
}

const newLine = (depth: number): string => `\n${STEP.repeat(depth)}`;

/** The index behind the closing quote; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '"') return at + 1;
  }
  return text.length;
}

function nextVisible(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}
