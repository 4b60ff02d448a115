/** Puts a text into the clipboard; says whether that worked. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/**
 * The same with a text that is still to come. WebKit lets a page write only in the moment of the click: what is written
 * is named then, and may follow.
 */
export async function copyOnceThere(coming: Promise<string>): Promise<boolean> {
  try {
    const item = new ClipboardItem({
      'text/plain': coming.then((text) => new Blob([text], { type: 'text/plain' })),
    });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return coming.then(copy, () => false);
  }
}

/** Where the engine denies the clipboard to a page, it may still copy what is selected. */
function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  area.className = 'unseen';
  // Inside an open dialog nothing outside it can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
