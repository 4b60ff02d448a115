// What the person meets between the authorize request and the answer: email, password, second factor, consent.

import { consent } from './consents.mjs';
import { clientBy, MFA_CODE, userBy } from './directory.mjs';
import { bodyOf, cookiesOf, formOf, sendHtml } from './http.mjs';
import { codePage, consentPage, emailPage, errorPage, keepPage, passwordPage, pickPage } from './pages.mjs';
import { DECLINED, denial, refusalBody } from './refusals.mjs';
import { listOf, OIDC_SCOPES } from './scopes.mjs';

const KNOWN_LOGINS = 'rig_logins';

const WRONG_EMAIL = "We couldn't find an account with that username. (AADSTS50034)";
const WRONG_HINT =
  'This username may be incorrect. Make sure that you typed it correctly. Otherwise, contact your admin.';
const WRONG_PASSWORD =
  "Your account or password is incorrect. If you don't remember your password, reset it now. (AADSTS50126)";
const DISABLED =
  'Your account has been locked. Contact your support person to unlock it, then try again. (AADSTS50057)';
const WRONG_CODE = "You didn't enter the expected verification code. (AADSTS50078)";

/** The pages over one engine, as a request handler. */
export function loginPages(provider) {
  const attempts = new Map(); // interaction id -> how far its person has come

  return async function login(req, res) {
    let interaction;
    try {
      interaction = await provider.interactionDetails(req, res);
    } catch (err) {
      return sendHtml(res, 400, errorPage(refusalBody(req, 9002313, err.message)));
    }
    if (!attempts.has(interaction.uid)) attempts.set(interaction.uid, {});
    const visit = {
      attempt: attempts.get(interaction.uid),
      client: clientBy(interaction.params.client_id),
      interaction,
      known: knownLogins(req, interaction),
      finish: (result) => provider.interactionFinished(req, res, result),
      show: (html) => sendHtml(res, 200, html),
      remember: (logins) =>
        res.setHeader('set-cookie', `${KNOWN_LOGINS}=${encodeURIComponent(logins.join(' '))}; Path=/; HttpOnly`),
    };
    if (req.method === 'GET') return visit.show(firstPage(visit));
    const form = formOf(await bodyOf(req));
    if (form.cancel) return visit.finish(denial(DECLINED));
    const step = STEPS[form.step];
    return step ? step(visit, form) : sendHtml(res, 400, errorPage(refusalBody(req, 9002313)));
  };
}

function knownLogins(req, { session }) {
  const signedIn = session && userBy(session.accountId)?.upn;
  return [...new Set([signedIn, ...listOf(cookiesOf(req)[KNOWN_LOGINS])].filter(Boolean))];
}

function firstPage({ attempt, client, interaction, known }) {
  const { params, prompt, session } = interaction;
  if (prompt.name === 'select_account' && known.length) return pickPage(known, client);
  if (prompt.name === 'consent') return consentPage(userBy(session.accountId), client, listOf(params.scope));
  const hint = params.login_hint;
  attempt.user = userBy(hint);
  if (attempt.user) return passwordPage(attempt.user);
  return emailPage(hint, hint && WRONG_HINT);
}

const STEPS = {
  pick({ attempt, finish, interaction, show }, { account }) {
    attempt.user = userBy(account);
    if (!attempt.user) return show(emailPage());
    if (interaction.session?.accountId === attempt.user.oid) return finish({ select_account: {} });
    return show(passwordPage(attempt.user));
  },

  email({ attempt, show }, { loginfmt }) {
    attempt.user = userBy(loginfmt);
    return show(attempt.user ? passwordPage(attempt.user) : emailPage(loginfmt, WRONG_EMAIL));
  },

  password({ attempt, show }, { passwd }) {
    const { user } = attempt;
    if (!user) return show(emailPage());
    if (user.password !== passwd) return show(passwordPage(user, WRONG_PASSWORD));
    if (user.disabled) return show(passwordPage(user, DISABLED));
    attempt.proved = !user.mfa;
    return show(user.mfa ? codePage(user) : keepPage(user));
  },

  code({ attempt, show }, { otc }) {
    if (otc !== MFA_CODE) return show(codePage(attempt.user, WRONG_CODE));
    attempt.proved = true;
    return show(keepPage(attempt.user));
  },

  keep({ attempt, finish, interaction, known, remember, show }, { keep }) {
    const { proved, user } = attempt;
    if (!proved) return show(emailPage());
    if (user.barred) return finish(denial(user.barred.aadsts, user.barred.correlation_id));
    remember([...new Set([user.upn, ...known])]);
    return finish({
      ...(listOf(interaction.params.prompt).includes('select_account') ? { select_account: {} } : {}),
      login: { accountId: user.oid, remember: keep === 'yes', amr: user.mfa ? ['pwd', 'mfa'] : ['pwd'] },
    });
  },

  consent({ client, finish, interaction }) {
    const { params, session } = interaction;
    consent(session.accountId, client.client_id, [...listOf(params.scope), ...OIDC_SCOPES]);
    return finish({ consent: {} });
  },
};
