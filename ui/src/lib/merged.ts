/** What was left alone becomes what it is by now; what was changed stays as it is. */
export function merged<T extends object>(mine: T, before: T, now: T): T {
  const changed = Object.entries(mine).filter(([field, value]) => value !== before[field as keyof T]);
  return { ...now, ...Object.fromEntries(changed) };
}
