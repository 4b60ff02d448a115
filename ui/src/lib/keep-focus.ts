import type { Attachment } from 'svelte/attachments';

/**
 * Where what has the focus goes away, the nearest thing around it takes the focus that is there still and may
 * (`tabindex="-1"`): who works by the keyboard stays at their place.
 */
export const keepFocus: Attachment<HTMLElement> = (node) => {
  let around: HTMLElement[] = [];

  function remember(event: FocusEvent) {
    around = [];
    for (let one = event.target; one instanceof HTMLElement; one = one.parentElement) around.push(one);
  }

  const observer = new MutationObserver(() => {
    const [focused, ...others] = around;
    if (!focused || focused.isConnected || document.activeElement !== document.body) return;
    others.find((one) => one.isConnected && one.hasAttribute('tabindex'))?.focus();
  });

  node.addEventListener('focusin', remember);
  observer.observe(node, { childList: true, subtree: true });
  return () => {
    node.removeEventListener('focusin', remember);
    observer.disconnect();
  };
};
