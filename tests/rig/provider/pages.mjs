// The login pages. Element ids are those of Entra's own pages, so that what fills these could fill the real ones.

const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text ?? '').replace(/[&<>"']/g, (sign) => ESCAPED[sign]);

const STYLE = `
body { font: 15px/1.4 "Segoe UI", "DejaVu Sans", sans-serif; background: #f2f2f2; display: grid; place-items: center;
  min-height: 100vh; margin: 0 }
main { background: #fff; padding: 40px; width: 360px; box-shadow: 0 2px 6px #0003; overflow-wrap: anywhere }
h1 { font-size: 22px; font-weight: 600; margin: 12px 0 }
input { width: 100%; border: 0; border-bottom: 1px solid #666; padding: 6px 0; font: inherit; box-sizing: border-box }
button { min-width: 100px; padding: 6px 12px; border: 0; background: #ccc; font: inherit }
.error { color: #e81123; font-size: 13px }
.row { display: flex; gap: 8px; justify-content: flex-end; margin-top: 24px }
.primary { background: #0067b8; color: #fff }
.tile { display: block; width: 100%; text-align: left; margin: 4px 0; background: #f6f6f6 }
`;

const page = (title, body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>` +
  `<style>${STYLE}</style></head><body><main><b>Rig</b>${body}</main></body></html>`;

const form = (step, fields) =>
  page(
    'Sign in to your account',
    `<form method="post" autocomplete="off"><input type="hidden" name="step" value="${step}">${fields}</form>`,
  );

const alert = (id, text) => (text ? `<div class="error" id="${id}" role="alert">${escape(text)}</div>` : '');
const who = (name) => `<div id="displayName">${escape(name)}</div>`;
const row = (...buttons) => `<div class="row">${buttons.join('')}</div>`;
const button = (id, text, more = '') => `<button id="${id}" ${more}>${text}</button>`;
const primary = (id, text, more = '') => button(id, text, `class="primary" ${more}`);

export const emailPage = (typed, problem) =>
  form(
    'email',
    `<h1>Sign in</h1>${alert('usernameError', problem)}
    <input type="email" name="loginfmt" id="i0116" value="${escape(typed)}" aria-label="Email" autofocus>
    ${row(primary('idSIButton9', 'Next'))}`,
  );

export const passwordPage = (user, problem) =>
  form(
    'password',
    `${who(user.upn)}<h1>Enter password</h1>${alert('passwordError', problem)}
    <input type="password" name="passwd" id="i0118" aria-label="Password" autofocus>
    ${row(primary('idSIButton9', 'Sign in'))}`,
  );

export const codePage = (user, problem) =>
  form(
    'code',
    `${who(user.upn)}<h1>Enter code</h1>${alert('idSpan_SAOTCC_Error_OTC', problem)}
    <input type="text" name="otc" id="idTxtBx_SAOTCC_OTC" aria-label="Code" autofocus>
    ${row(primary('idSubmit_SAOTCC_Continue', 'Verify'))}`,
  );

export const keepPage = (user) =>
  form(
    'keep',
    `${who(user.upn)}<h1>Stay signed in?</h1>
    <p>Do this to reduce the number of times you are asked to sign in.</p>
    ${row(
      button('idBtn_Back', 'No', 'name="keep" value="no"'),
      primary('idSIButton9', 'Yes', 'name="keep" value="yes"'),
    )}`,
  );

const tile = (login) => {
  const name = escape(login);
  return `<button class="tile" name="account" value="${name}" data-test-id="${name}">${name}</button>`;
};

export const pickPage = (logins, client) =>
  form(
    'pick',
    `<h1>Pick an account</h1><p>to continue to ${escape(client.client_name)}</p>
    ${logins.map(tile).join('')}
    <button class="tile" id="otherTile" name="account" value="other">Use another account</button>`,
  );

export const consentPage = (user, client, scopes) =>
  form(
    'consent',
    `${who(user.upn)}<h1>Permissions requested</h1><p>${escape(client.client_name)}</p>
    <ul>${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>
    ${row(button('idBtn_Back', 'Cancel', 'name="cancel" value="1"'), primary('idBtn_Accept', 'Accept'))}`,
  );

export const errorPage = (refusal) =>
  page(
    'Sign in to your account',
    `<h1>Sign in</h1><p>Sorry, but we’re having trouble signing you in.</p>
    <p class="error" id="exceptionMessageContainer">${escape(refusal.error_description)}</p>`,
  );

/** The form that carries the answer to the application in a POST body (response_mode=form_post). */
export const answerPage = (action, fields) =>
  '<html><head><title>Working...</title></head><body>' +
  `<form method="POST" name="hiddenform" action="${escape(action)}">` +
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}" />`)
    .join('') +
  '<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit" /></noscript>' +
  '</form><script>document.forms[0].submit();</script></body></html>';
