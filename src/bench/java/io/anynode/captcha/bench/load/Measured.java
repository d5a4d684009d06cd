package io.anynode.captcha.bench.load;

/**
 * What the generator found in the seconds that count.
 *
 * @param rounds how many ended well, each with a page, a picture and an accepted answer
 * @param failures how many requests were answered otherwise, or, from the warm-up on, not at all
 * @param seconds how long was measured
 * @param p50 half of the rounds took no longer, in µs: from the visitor's coming until the answer
 *     was accepted, waiting for a connection included
 * @param p99 the same of 99 in 100
 * @param p999 the same of 999 in 1000
 * @param most the longest
 * @param pictureBytes how long a picture is, on average
 */
public record Measured(
    long rounds,
    long failures,
    double seconds,
    long p50,
    long p99,
    long p999,
    long most,
    double pictureBytes) {

  /** Rounds in a second. */
  public double rate() {
    return rounds / seconds;
  }
}
