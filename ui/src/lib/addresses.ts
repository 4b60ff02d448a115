/** Whether it may be a mailbox address or a login: words with dots between them, as in crates/mail/src/settings/address.rs, and
 * a domain with a dot; no more can be known from here. */
export function isAddress(text: string): boolean {
  const [name = '', domain = ''] = [
    text.slice(0, text.lastIndexOf('@')),
    text.slice(text.lastIndexOf('@') + 1),
  ];
  const isName = /^[^\s\p{C}@"(),.:;<>[\\\]]+(\.[^\s\p{C}@"(),.:;<>[\\\]]+)*$/u.test(name);
  return isName && new TextEncoder().encode(name).length <= 64 && isDomain(domain);
}

/** Whether it may be a domain: names of letters, digits and hyphens between dots. */
export function isDomain(text: string): boolean {
  return (
    text.length <= 253 &&
    /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u.test(text)
  );
}
