/** Microsoft's error number in what somebody saw or typed: behind AADSTS, or a number of the same length by itself. */
export function numberIn(text: string): number | undefined {
  const named = /AADSTS\s*(\d{4,8})/i.exec(text)?.[1];
  // Ids and times beside it hold digits too, but joined to letters, hyphens or colons.
  const alone = /(?<![\w:.-])(\d{5,7})(?![\w-]|[:.]\d)/.exec(text)?.[1];
  const digits = named ?? alone;
  return digits === undefined ? undefined : Number(digits);
}
