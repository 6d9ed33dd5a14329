/** Handles JSON as text, so that numbers keep all their digits and objects the order of their members. */

/**
 * Returns the text of a member, found by the names on its way; null if there is none.
 * @param {string} text a JSON object
 * @param {string[]} path
 */
export function memberText(text, path) {
  let [start, end] = [0, text.length];
  for (const name of path) {
    const found = member(text, start, name);
    if (!found) {
      return null;
    }
    [start, end] = found;
  }
  return text.slice(start, end);
}

/**
 * Indents JSON by two blanks. Text that isn't JSON is returned as it is.
 * @param {string} text
 */
export function indented(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let out = '';
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  for (let at = skip(text, 0); at < text.length; at = skip(text, at)) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      const next = skip(text, at + 1);
      if (text[next] === '}' || text[next] === ']') {
        out += sign + text[next];
        at = next + 1;
        continue;
      }
      depth += 1;
      out += sign + line();
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      out += line() + sign;
    } else if (sign === ',') {
      out += sign + line();
    } else if (sign === ':') {
      out += ': ';
    } else {
      const end = scalarEnd(text, at);
      out += text.slice(at, end);
      at = end;
      continue;
    }
    at += 1;
  }
  return out;
}

/**
 * Returns what is wrong with a text that should be a JSON object, with its line and column; an empty text if nothing is.
 * @param {string} text
 */
export function jsonFault(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? '' : 'This is not a JSON object.';
  } catch (error) {
    const at = /position (\d+)/.exec(error.message)?.[1];
    if (at === undefined) {
      return error.message;
    }
    const before = text.slice(0, Number(at)).split('\n');
    return `${error.message.replace(/ in JSON at position.*| \(line.*/, '')}, line ${before.length}, column ${before.at(-1).length + 1}`;
  }
}

/** Returns the start and the end of a member's value of the object at a place. */
function member(text, start, name) {
  let at = skip(text, start);
  if (text[at] !== '{') {
    return null;
  }
  at = skip(text, at + 1);
  while (text[at] === '"') {
    const keyEnd = scalarEnd(text, at);
    const key = JSON.parse(text.slice(at, keyEnd));
    const value = skip(text, skip(text, keyEnd) + 1);
    const end = valueEnd(text, value);
    if (key === name) {
      return [value, end];
    }
    at = skip(text, end);
    at = text[at] === ',' ? skip(text, at + 1) : text.length;
  }
  return null;
}

function valueEnd(text, start) {
  if (text[start] !== '{' && text[start] !== '[') {
    return scalarEnd(text, start);
  }
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const sign = text[at];
    if (sign === '"') {
      at = scalarEnd(text, at);
      continue;
    }
    depth += sign === '{' || sign === '[' ? 1 : sign === '}' || sign === ']' ? -1 : 0;
    at += 1;
    if (depth === 0) {
      return at;
    }
  }
  return text.length;
}

function scalarEnd(text, start) {
  if (text[start] !== '"') {
    let at = start;
    while (at < text.length && !',:{}[] \n\r\t'.includes(text[at])) {
      at += 1;
    }
    return Math.max(at, start + 1);
  }
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function skip(text, start) {
  let at = start;
  while (at < text.length && ' \n\r\t'.includes(text[at])) {
    at += 1;
  }
  return at;
}
