/** Saves texts as files of the caller's machine. */

/**
 * Saves a file.
 * @param {string} name
 * @param {string|Blob} content
 * @param {string} [type] media type of a text
 */
export function save(name, content, type = 'application/json') {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
