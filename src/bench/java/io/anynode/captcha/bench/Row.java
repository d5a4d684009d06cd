package io.anynode.captcha.bench;

/**
 * What was found of one contestant.
 *
 * @param warm how warm its nodes were
 * @param rate rounds a second, as many as came through
 * @param serverMicros processors' time of all nodes but for their JIT compilers, in µs a round
 * @param compilerMicros what the nodes' JIT compilers still took besides, in µs a round
 * @param storeMicros processors' time of the store
 * @param generatorMicros the same of the load generator, which is no part of any of them
 * @param load how many visitors came in a second, for the next three
 * @param p50 ms for a round, half of them took no longer
 * @param p99 the same of 99 in 100
 * @param p999 the same of 999 in 1000
 * @param bytes what an open challenge takes in the store, or of the nodes' heaps if there is none
 * @param trips round trips to the store in a round
 * @param allocated kB that the nodes allocate in a round
 * @param heap MB that are in use of a node's heap once all is over and collected, on average
 * @param picture the picture's bytes
 */
record Row(
    Contestant contestant,
    WarmUp.Warm warm,
    double rate,
    double serverMicros,
    double compilerMicros,
    double storeMicros,
    double generatorMicros,
    double load,
    double p50,
    double p99,
    double p999,
    double bytes,
    double trips,
    double allocated,
    double heap,
    double picture) {

  /**
   * Rounds a second if the processors had nothing to do but these: without the generator and the
   * JIT.
   */
  double possible() {
    return Runtime.getRuntime().availableProcessors() * 1e6 / (serverMicros + storeMicros);
  }
}
