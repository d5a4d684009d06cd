package io.anynode.captcha.bench.load;

import java.util.List;

/**
 * What the generator is told to do.
 *
 * @param ports of the workers on 127.0.0.1
 * @param sticky whether a visitor's requests all go to one worker, drawn for the visitor; else each
 *     request goes to the next one
 * @param answer the form's fields but the challenge's id, encoded for the body of a POST
 * @param users closed loop: how many visitors there are at any time, each the next one's
 *     predecessor; 0 for an open loop
 * @param rate open loop: how many visitors come in a second, at random times and however long the
 *     ones before them take; 0 for a closed loop
 * @param warmUpSeconds how long it goes before anything counts
 * @param seconds how long is measured then
 */
public record Load(
    List<Integer> ports,
    boolean sticky,
    String answer,
    int users,
    double rate,
    int warmUpSeconds,
    int seconds) {

  /** As many visitors at any time. */
  public static Load closed(Target target, int users, int warmUpSeconds, int seconds) {
    return new Load(
        target.ports(), target.sticky(), target.answer(), users, 0, warmUpSeconds, seconds);
  }

  /** As many visitors a second. */
  public static Load open(Target target, double rate, int warmUpSeconds, int seconds) {
    return new Load(
        target.ports(), target.sticky(), target.answer(), 0, rate, warmUpSeconds, seconds);
  }

  /** Where the rounds go, and how they are answered: see {@link Load}. */
  public record Target(List<Integer> ports, boolean sticky, String answer) {}
}
