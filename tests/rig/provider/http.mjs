// The few things every handler does with a request and an answer.

export async function bodyOf(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export const formOf = (text) => Object.fromEntries(new URLSearchParams(text));

export function cookiesOf(req) {
  const pairs = (req.headers.cookie ?? '').split(/; */).filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, ...value] = pair.split('=');
      return [name, decodeURIComponent(value.join('='))];
    }),
  );
}

export function sendJson(res, status, value, headers = {}) {
  send(res, status, JSON.stringify(value), {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    ...headers,
  });
}

export function sendHtml(res, status, html) {
  send(res, status, html, { 'content-type': 'text/html; charset=utf-8' });
}

export function send(res, status, body, headers) {
  res.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers });
  res.end(body);
}
