// What a test may change while the provider runs, and the provider's own idea of the time.

export const settings = {
  accessTtl: 3600, // seconds
  refreshTtl: 90 * 86400, // seconds; Entra's inactivity limit
  codeTtl: 600, // seconds
  // entra: every refresh brings a new token and the old one stays good
  // rotate: every refresh brings a new token, and replaying an old one ends the whole sign-in
  // static: the same token comes back
  refresh: 'entra',
  refreshIn: null, // seconds after which a client should refresh by itself; absent from the answer when null
  tokenLength: 1800, // characters of an access token; Entra's are 1.5 to 2.5 kB
  codeLength: 700,
  refreshTokenLength: 1200,
  clockOffset: 0, // seconds by which this server's clock is off
};

const systemNow = Date.now;

/** The real time, in milliseconds. */
export const now = () => systemNow();

/** Puts oidc-provider, which reads Date.now, on the provider's own clock. */
export function installClock() {
  Date.now = () => systemNow() + settings.clockOffset * 1000;
}
