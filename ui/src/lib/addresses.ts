/** Whether it may be a mailbox address or a login: what stands behind the @ has a dot; no more can be known from here. */
export function isAddress(text: string): boolean {
  return (
    /^[^\s@"'(),:;<>[\\\]]+@[^\s@"'(),:;<>[\\\]]+$/u.test(text) &&
    isDomain(text.slice(text.lastIndexOf('@') + 1))
  );
}

/** Whether it may be a domain: names of letters, digits and hyphens between dots. */
export function isDomain(text: string): boolean {
  return (
    text.length <= 253 &&
    /^([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u.test(text)
  );
}
