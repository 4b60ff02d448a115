// oidc-provider remarks on the runtime and on every setting it finds unusual, from its first import on.

for (const level of ['info', 'warn']) {
  const write = console[level];
  console[level] = (...words) => {
    if (!String(words[0]).startsWith('oidc-provider')) write(...words);
  };
}
