/*
 * How long native code takes for one try of a proof of work: a key of PBKDF2-HMAC-SHA256 of 1,000
 * rounds, with the two halves of HMAC's key worked out once, by OpenSSL's own SHA-256.
 *
 *   cc -O2 -o pbkdf2 pbkdf2.c -lcrypto && ./pbkdf2 5000
 *
 * prints the milliseconds of one core that a key takes, over so many keys; it does not count what other
 * programs take of it meanwhile.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 1000, PASSWORD = 20, SALT = 30 };

static SHA256_CTX half(const unsigned char *password, unsigned char change) {
  unsigned char block[64];
  memset(block, change, sizeof block);
  for (int i = 0; i < PASSWORD; i++) block[i] ^= password[i];
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, block, sizeof block);
  return state;
}

static void put(unsigned char *out, const SHA256_CTX *state) {
  for (int i = 0; i < 8; i++) {
    out[4 * i] = state->h[i] >> 24;
    out[4 * i + 1] = state->h[i] >> 16;
    out[4 * i + 2] = state->h[i] >> 8;
    out[4 * i + 3] = state->h[i];
  }
}

static void last_block(unsigned char *block, int content) {
  memset(block + content, 0, 64 - content);
  block[content] = 0x80;
  block[62] = (64 + content) * 8 >> 8;
  block[63] = (64 + content) * 8;
}

static void derive(const unsigned char *password, const unsigned char *salt, unsigned char *key) {
  SHA256_CTX inner = half(password, 0x36), outer = half(password, 0x5c), state;
  unsigned char block[64];
  memcpy(block, salt, SALT);
  memcpy(block + SALT, "\0\0\0\1", 4);
  last_block(block, SALT + 4);
  memset(key, 0, 32);
  for (int round = 0; round < ROUNDS; round++) {
    state = inner;
    SHA256_Transform(&state, block);
    put(block, &state);
    if (round == 0) last_block(block, 32);
    state = outer;
    SHA256_Transform(&state, block);
    put(block, &state);
    for (int i = 0; i < 32; i++) key[i] ^= block[i];
  }
}

int main(int argc, char **argv) {
  int keys = argc > 1 ? atoi(argv[1]) : 5000;
  unsigned char password[PASSWORD] = "nonce and counter", salt[SALT] = "the salt", key[32], right[32];
  derive(password, salt, key);
  PKCS5_PBKDF2_HMAC((char *)password, PASSWORD, salt, SALT, ROUNDS, EVP_sha256(), 32, right);
  if (memcmp(key, right, 32) != 0) {
    fputs("The key differs from OpenSSL's own.\n", stderr);
    return 1;
  }
  struct timespec begun, ended;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun);
  for (int i = 0; i < keys; i++) {
    password[16] = i >> 24, password[17] = i >> 16, password[18] = i >> 8, password[19] = i;
    derive(password, salt, key);
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
  double ms = (ended.tv_sec - begun.tv_sec) * 1e3 + (ended.tv_nsec - begun.tv_nsec) / 1e6;
  printf("%.4f\n", ms / keys);
  return 0;
}
