package io.anynode.captcha.telemetry;

import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Verdict;
import io.anynode.captcha.session.WrappedStore.Operation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one application on one node.
 *
 * <p>The values of their tags are names from the settings and the constants of enums, never a part
 * of a request, so that there are only so many. Safe for use by many threads.
 */
public final class Meters implements Telemetry, AutoCloseable {

  /** What {@link #scrape()} gives. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** From a memory's answer to that of a store that is about to be given up. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2)
  };

  private final MeterRegistry registry;
  private final @Nullable PrometheusMeterRegistry prometheus;
  private final OpenChallenges open;
  private final MeterProvider<Counter> issued;
  private final MeterProvider<Counter> shown;
  private final MeterProvider<Counter> verdicts;
  private final MeterProvider<Counter> limited;
  private final Map<Operation, Timer> answered = new EnumMap<>(Operation.class);
  private final Map<Operation, Timer> failed = new EnumMap<>(Operation.class);

  private Meters(
      MeterRegistry registry, @Nullable PrometheusMeterRegistry prometheus, Clock clock) {
    this.registry = registry;
    this.prometheus = prometheus;
    this.open = new OpenChallenges(clock);
    Gauge unused =
        Gauge.builder("captcha.open", open, OpenChallenges::sum)
            .description("Challenges opened here less those ended here; sum it over the nodes")
            .register(registry);
    this.issued = counters("captcha.issued", "Challenges issued");
    this.shown = counters("captcha.shown", "Challenges shown");
    this.verdicts = counters("captcha.verdicts", "Answers judged");
    this.limited = counters("captcha.limited", "Requests refused by a limit");
    for (Operation operation : Operation.values()) {
      answered.put(operation, timer(operation, "ok"));
      failed.put(operation, timer(operation, "fault"));
    }
  }

  /** Meters that Java code and JMX can read. */
  public static Meters inMemory(Clock clock) {
    return new Meters(new SimpleMeterRegistry(), null, clock);
  }

  /** Meters that Prometheus can read, too. */
  public static Meters forPrometheus(Clock clock) {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    return new Meters(prometheus, prometheus, clock);
  }

  /**
   * All meters as {@link #CONTENT_TYPE}.
   *
   * @throws IllegalStateException if they are not {@link #forPrometheus for Prometheus}
   */
  public String scrape() {
    if (prometheus == null) {
      throw new IllegalStateException("These meters are not for Prometheus.");
    }
    return prometheus.scrape();
  }

  @Override
  public void issued(String kind) {
    issued.withTags("kind", kind).increment();
  }

  @Override
  public void opened(Instant expires) {
    open.add(expires, 1);
  }

  @Override
  public void ended(Instant expires) {
    open.add(expires, -1);
  }

  @Override
  public void shown(Form form) {
    shown.withTags("form", lower(form)).increment();
  }

  @Override
  public void verdict(String kind, String guard, Verdict verdict, Issuer issuer) {
    verdicts
        .withTags(
            "guard", guard, "kind", kind, "verdict", verdict.name(), "verified", where(issuer))
        .increment();
  }

  @Override
  public void limited(String limit) {
    limited.withTags("limit", limit).increment();
  }

  @Override
  public void stored(Operation operation, long nanos, boolean isFault) {
    Objects.requireNonNull((isFault ? failed : answered).get(operation))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    registry.close();
  }

  /** Where all meters are. */
  MeterRegistry registry() {
    return registry;
  }

  /** This node's share in the open challenges. */
  long open() {
    return open.sum();
  }

  /** How the meters call an issuer. */
  static String where(Issuer issuer) {
    return switch (issuer) {
      case SAME -> "here";
      case OTHER -> "elsewhere";
      case UNKNOWN -> "unknown";
    };
  }

  private MeterProvider<Counter> counters(String name, String description) {
    return Counter.builder(name).description(description).withRegistry(registry);
  }

  private Timer timer(Operation operation, String outcome) {
    return Timer.builder("captcha.store")
        .description("Calls of the session store")
        .tags("operation", lower(operation), "outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
