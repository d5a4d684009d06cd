'use strict';
// node verify.js <client> <siteverify URL> <secret> <token>: prints what the client makes of it, in JSON.
const http = require('http');
const https = require('https');

const [client, url, secret, token] = process.argv.slice(2);
const ours = new URL(url);

// The clients have their service's host built in; all else of their requests stays as it is.
https.request = (options, answered) =>
  http.request(
    { ...options, host: ours.hostname, port: ours.port, path: ours.pathname }, answered);

const clients = {
  'hcaptcha': () => require('./hcaptcha/index.js').verify(secret, token, '192.0.2.7', 'a site'),
  'express-recaptcha': () =>
    new Promise((resolve) => {
      const { RecaptchaV2 } = require('./express-recaptcha/v2.js');
      const request = { body: { 'g-recaptcha-response': token } };
      new RecaptchaV2('a site', secret).verify(request, (error, data) =>
        resolve({ success: error === null, error, hostname: data && data.hostname }));
    }),
};

clients[client]().then((told) => console.log(JSON.stringify(told)));
