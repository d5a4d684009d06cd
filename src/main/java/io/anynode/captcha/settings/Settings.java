package io.anynode.captcha.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, validated and frozen. {@code conf/captcha.properties} describes each
 * key.
 *
 * @param node this node's name in logs, health and headers
 * @param session where sessions live
 * @param challenge what is asked
 * @param work how hard a proof of work is
 * @param secret the key that seals challenges; null to have the nodes agree on one
 * @param previousSecrets keys that still open challenges, newest first
 * @param web what the web side answers to
 * @param rates what one client may ask for
 * @param api what applications without pages of their own use
 * @param guards the guarded requests, by name
 * @param legacy the old captchas that are stood in for, by name
 * @param testMode whether the answer {@code PASSED} is right
 * @param metrics who may read what is counted
 */
public record Settings(
    String node,
    SessionSettings session,
    Challenge challenge,
    Work work,
    @Nullable Hidden secret,
    List<Hidden> previousSecrets,
    Web web,
    Rates rates,
    Api api,
    List<Guard> guards,
    List<Legacy> legacy,
    boolean testMode,
    Metrics metrics) {

  /**
   * The same for one application, whose sessions are its own.
   *
   * @param contextPath the application's, empty for the root
   */
  public Settings in(String contextPath) {
    return new Settings(
        node,
        session.in(contextPath),
        challenge,
        work,
        secret,
        previousSecrets,
        web,
        rates,
        api,
        guards,
        legacy,
        testMode,
        metrics);
  }

  /** The values of {@code captcha.session.scope}. */
  public enum Scope {
    /** The application's session and the captcha's are one. */
    APPLICATION,
    /** The captcha has a session of its own, and the application keeps the container's. */
    CAPTCHA
  }

  /**
   * The metrics.
   *
   * @param prometheus whether there is an endpoint for Prometheus
   * @param allowed who may read it
   */
  public record Metrics(boolean prometheus, List<Network> allowed) {}

  /** The values of {@code captcha.kind}. */
  public enum Kind {
    /** Characters to be typed. */
    TEXT,
    /** A sum to be worked out. */
    SUM,
    /** Nothing: the browser works. */
    WORK
  }

  /**
   * What is asked.
   *
   * @param kind text, sum or work
   * @param offered the ways to answer it; never empty
   * @param length how many characters a text has, 3 to 12
   * @param caseSensitive whether upper and lower case differ
   * @param ttl how long a challenge can be answered; positive
   * @param maxOpen how many challenges a session may hold open, 1 to 64
   * @param width the picture's width in pixels, 80 to 800
   * @param height the picture's height in pixels, 24 to 300
   * @param difficulty how far the picture is from plain writing
   */
  public record Challenge(
      Kind kind,
      Set<Offer> offered,
      int length,
      boolean caseSensitive,
      Duration ttl,
      int maxOpen,
      int width,
      int height,
      PictureDifficulty difficulty) {}

  /** How hard a picture is to read, for machines first of all. */
  public enum PictureDifficulty {
    /** For readers who must not be stopped. */
    EASY,
    /** The usual one. */
    MEDIUM,
    /** For the few forms that are worth a second look. */
    HARD
  }

  /**
   * How hard a proof of work is.
   *
   * @param difficulty how many keys a browser has to derive on average, 1 to 1,000,000
   * @param busy from how many challenges a second on one node on it is harder, at least 1
   * @param rise how many times as hard it may be at most, 1 to 100
   */
  public record Work(int difficulty, int busy, int rise) {}

  /**
   * The web side.
   *
   * @param prefix where the endpoints are, a path starting with a slash
   * @param idParameter the form field that carries the challenge's id
   * @param answerParameter the form field that carries the answer
   * @param workParameter the form field that carries a proof of work
   * @param requestEncoding how a form's bytes are read when the request does not say
   * @param filtersBefore the application's filters that come first, by name and in order
   * @param scope whose sessions the store holds
   * @param language what people are spoken to in; null to go by the request
   */
  public record Web(
      String prefix,
      String idParameter,
      String answerParameter,
      String workParameter,
      String requestEncoding,
      List<String> filtersBefore,
      Scope scope,
      @Nullable Locale language) {}

  /**
   * What applications use that have no pages here.
   *
   * @param siteverifySecrets what other servers identify themselves by; empty for no siteverify
   * @param corsOrigins the other origins whose scripts may use the endpoints
   */
  public record Api(List<Hidden> siteverifySecrets, Set<String> corsOrigins) {}
}
