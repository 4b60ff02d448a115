/** What loads the page anew in a browser: here it would only lose what was typed. */
export function noReload(window: Window): void {
  window.addEventListener('contextmenu', (event) => {
    if (!isForText(event.target)) event.preventDefault();
  });
  window.addEventListener('keydown', (event) => {
    const isReload =
      event.key === 'F5' || (event.key.toLowerCase() === 'r' && (event.ctrlKey || event.metaKey));
    if (isReload) event.preventDefault();
  });
}

/** There the menu is for cutting and pasting, or copying what is marked. */
function isForText(target: EventTarget | null): boolean {
  const isField = target instanceof Element && target.closest('input, textarea') !== null;
  return isField || document.getSelection()?.isCollapsed === false;
}
