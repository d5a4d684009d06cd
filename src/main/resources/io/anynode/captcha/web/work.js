// Proof of work: solve() for scripts, and what the ALTCHA widget lacks on plain http and under a
// strict Content-Security-Policy. A module that is also its own worker, so that one file does all.

const ALGORITHM = "PBKDF2/SHA-256";
const TIMEOUT = 90_000;

/** A worker stops at least this often to be told to stop, in milliseconds. */
const BREATH = 100;

/**
 * Does the work of a challenge.
 *
 * @param {string | URL} url `captcha.work` of a page, `work` of a new challenge, or `altcha.json`
 * @param {{ signal?: AbortSignal, credentials?: RequestCredentials }} [options] for another origin,
 *     whose CORS lets this page in, with credentials "include"
 * @returns {Promise<string>} the value of the form field `altcha`
 * @throws {Error} with the HTTP `status` if there is no such challenge; or if it cannot be solved
 */
export async function solve(url, { signal, credentials = "same-origin" } = {}) {
  const response = await fetch(url, { signal, credentials });
  const { ok, status } = response;
  if (!ok) {
    throw Object.assign(new Error(`The captcha's work: ${status}`), { status });
  }
  const challenge = await response.json();
  const solution = await inWorkers(challenge, signal);
  if (!solution) {
    throw new Error("The captcha's work was not found in time.");
  }
  return btoa(JSON.stringify({ challenge, solution }));
}

async function inWorkers(challenge, signal) {
  const step = Math.min(16, Math.max(1, navigator.hardwareConcurrency || 2));
  const workers = [];
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      for (let start = 0; start < step; start++) {
        const worker = newWorker();
        workers.push(worker);
        worker.onmessage = ({ data }) => (data?.error ? reject(data.error) : resolve(data));
        worker.onerror = reject;
        const range = { counterStart: start, counterStep: step };
        worker.postMessage({ type: "work", challenge, ...range });
      }
    });
  } catch (fault) {
    if (signal?.aborted) {
      throw fault;
    }
    // A browser without workers of this kind, or a policy against them: then here, more slowly.
    return search(challenge, { signal });
  } finally {
    workers.forEach((worker) => worker.terminate());
  }
}

function newWorker() {
  return new Worker(import.meta.url, { type: "module" });
}

/** Tries one counter after the other; null if it takes too long or is aborted. */
async function search(challenge, { counterStart = 0, counterStep = 1, timeout, signal } = {}) {
  const { nonce, salt, keyPrefix, cost, keyLength = 32 } = challenge.parameters;
  const begun = performance.now();
  const derive = globalThis.crypto?.subtle ? subtly : plainly;
  const password = new Uint8Array(nonce.length / 2 + 4);
  password.set(bytes(nonce));
  const counterView = new DataView(password.buffer, nonce.length / 2);
  const saltBytes = bytes(salt);
  let breath = begun;
  for (let counter = counterStart; ; counter += counterStep) {
    counterView.setUint32(0, counter);
    const key = hex(await derive(password, saltBytes, cost, keyLength));
    const now = performance.now();
    if (key.startsWith(keyPrefix)) {
      return { counter, derivedKey: key, time: Math.floor(now - begun) };
    }
    if (now - breath > BREATH) {
      await new Promise((resolve) => setTimeout(resolve));
      breath = now;
    }
    if (signal?.aborted || now - begun > (timeout || TIMEOUT)) {
      return null;
    }
  }
}

async function subtly(password, salt, iterations, length) {
  const raw = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(way, raw, length * 8));
}

function bytes(hexadecimal) {
  return Uint8Array.from(hexadecimal.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function hex(array) {
  return Array.from(array, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// PBKDF2 (RFC 8018) with HMAC (RFC 2104) and SHA-256 (FIPS 180-4), for pages on plain http, where
// browsers have no crypto.subtle. For passwords of up to 64 bytes, salts of 51 and keys of 32.

const ROUNDS = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2);

const FIRST = Int32Array.of(
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);

/** A block's 16 words, which it begins with, and those that follow from them. */
const schedule = new Int32Array(64);

/** What SHA-256 makes of a state and the block. */
function compress(state, out) {
  const w = schedule;
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t = (h + s1 + (g ^ (e & (f ^ g))) + ROUNDS[i] + w[i]) | 0;
    const u = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t) | 0;
    d = c;
    c = b;
    b = a;
    a = (t + u) | 0;
  }
  out[0] = state[0] + a;
  out[1] = state[1] + b;
  out[2] = state[2] + c;
  out[3] = state[3] + d;
  out[4] = state[4] + e;
  out[5] = state[5] + f;
  out[6] = state[6] + g;
  out[7] = state[7] + h;
}

/** The state behind a first block that is the password, changed by a byte: half of HMAC's key. */
function padded(password, change) {
  const block = new Uint8Array(64).fill(change);
  password.forEach((byte, i) => (block[i] ^= byte));
  schedule.set(words(block));
  const state = new Int32Array(8);
  compress(FIRST, state);
  return state;
}

function words(array) {
  const view = new DataView(array.buffer);
  return Int32Array.from({ length: array.length / 4 }, (unused, i) => view.getInt32(4 * i));
}

/** A last block: what is hashed, a bit, zeros, and the length in bits, with a block before it. */
function lastBlock(content) {
  const block = new Uint8Array(64);
  block.set(content);
  block[content.length] = 0x80;
  new DataView(block.buffer).setUint32(60, (64 + content.length) * 8);
  return words(block);
}

function plainly(password, salt, iterations, length) {
  const inner = padded(password, 0x36);
  const outer = padded(password, 0x5c);
  const block = lastBlock(new Uint8Array(32));
  const hash = block.subarray(0, 8);
  schedule.set(lastBlock(Uint8Array.of(...salt, 0, 0, 0, 1)));
  compress(inner, hash);
  schedule.set(block);
  compress(outer, hash);
  const key = hash.slice();
  for (let i = 1; i < iterations; i++) {
    schedule.set(block);
    compress(inner, hash);
    schedule.set(block);
    compress(outer, hash);
    for (let n = 0; n < 8; n++) {
      key[n] ^= hash[n];
    }
  }
  const view = new DataView(new ArrayBuffer(32));
  key.forEach((word, n) => view.setInt32(4 * n, word));
  return new Uint8Array(view.buffer, 0, length);
}

// As a worker, of solve() and of the ALTCHA widget alike.

function serve() {
  let abort = new AbortController();
  globalThis.onmessage = async ({ data: { type, challenge, ...range } }) => {
    abort.abort();
    if (type === "work") {
      abort = new AbortController();
      try {
        postMessage(await search(challenge, { ...range, signal: abort.signal }));
      } catch (error) {
        postMessage({ error });
      }
    }
  };
}

// For the ALTCHA widget in a page, whose script comes after this one.

/** Has the widget use this file as its worker: its own would come from a blob. */
function register() {
  globalThis.$altcha.algorithms.set(ALGORITHM, newWorker);
}

/**
 * The widget works in secure contexts alone, since its own worker does. It asks while it is put
 * into the page, and then no more; the page's other scripts go on being told how it is.
 */
function allowPlainHttp(widget) {
  const connected = widget.connectedCallback;
  const told = Object.getOwnPropertyDescriptor(globalThis, "isSecureContext");
  let connecting = 0;
  widget.connectedCallback = async function () {
    connecting++;
    Object.defineProperty(globalThis, "isSecureContext", { configurable: true, value: true });
    try {
      await connected.call(this);
    } finally {
      if (--connecting === 0) {
        Object.defineProperty(globalThis, "isSecureContext", told);
      }
    }
  };
}

function awaitWidget() {
  const define = customElements.define;
  customElements.define = function (name, type, options) {
    if (name === "altcha-widget") {
      delete customElements.define;
      register();
      if (!isSecureContext) {
        allowPlainHttp(type.prototype);
      }
    }
    define.call(this, name, type, options);
  };
}

if (typeof document === "undefined") {
  serve();
} else if (customElements.get("altcha-widget")) {
  register();
} else {
  awaitWidget();
}
