package io.anynode.captcha.telemetry;

import java.util.Map;

/**
 * What one application on this node has counted since it started, for JMX. The keys of the maps are
 * the tags of the meter, in the order of the chapter on telemetry, with spaces between them.
 *
 * <p>Own code: {@code micrometer-registry-jmx} would bring Dropwizard's metrics along, and shows
 * each meter as a bean of its own.
 */
public interface CaptchaMXBean {

  /** Challenges issued, by kind. */
  Map<String, Long> getIssued();

  /** Challenges shown, by form. */
  Map<String, Long> getShown();

  /** Verdicts, by guard, kind, verdict and where the challenge had been issued. */
  Map<String, Long> getVerdicts();

  /** Answers that passed here to challenges that this node had issued. */
  long getPassedHere();

  /** Answers that passed here to challenges that another node had issued. */
  long getPassedElsewhere();

  /** Requests refused by a limit, by limit. */
  Map<String, Long> getLimited();

  /**
   * Challenges opened here, less those ended here, of those that have not expired. The sum over all
   * nodes is how many are open; one node's share may be negative.
   */
  long getOpen();

  /** Calls of the store, by operation and outcome. */
  Map<String, Long> getStoreCalls();

  /** How long those calls took on average, in milliseconds. */
  Map<String, Double> getStoreMeanMillis();
}
