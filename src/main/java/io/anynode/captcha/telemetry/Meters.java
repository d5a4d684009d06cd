package io.anynode.captcha.telemetry;

import io.anynode.captcha.Telemetry;
import io.anynode.captcha.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one application on one node.
 *
 * <p>Each is looked up once for each of its tags' values. These are names from the settings and the
 * constants of enums, never a part of a request, so that there are only so many. Safe for use by
 * many threads.
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
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Call, Timer> timers = new ConcurrentHashMap<>();

  /** A counter's name, and the values of its tags. */
  private record Key(Object name, Object first, Object second, Object third, Object fourth) {}

  private record Call(Operation operation, boolean failed) {}

  private Meters(
      MeterRegistry registry, @Nullable PrometheusMeterRegistry prometheus, Clock clock) {
    this.registry = registry;
    this.prometheus = prometheus;
    this.open = new OpenChallenges(clock);
    Gauge unused =
        Gauge.builder("captcha.open", open, OpenChallenges::sum)
            .description("Challenges opened here less those ended here; sum it over the nodes")
            .register(registry);
    for (Operation operation : Operation.values()) {
      timers.put(new Call(operation, false), timer(operation, "ok"));
      timers.put(new Call(operation, true), timer(operation, "fault"));
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
    counter(
            new Key("issued", kind, "", "", ""),
            () -> Counter.builder("captcha.issued").description("Challenges issued"),
            "kind",
            kind)
        .increment();
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
    counter(
            new Key("shown", form, "", "", ""),
            () -> Counter.builder("captcha.shown").description("Challenges shown"),
            "form",
            lower(form))
        .increment();
  }

  @Override
  public void verdict(String kind, String guard, Verdict verdict, Issuer issuer) {
    counter(
            new Key(verdict, kind, guard, issuer, ""),
            () -> Counter.builder("captcha.verdicts").description("Answers judged"),
            "guard",
            guard,
            "kind",
            kind,
            "verdict",
            verdict.name(),
            "verified",
            where(issuer))
        .increment();
  }

  @Override
  public void limited(String limit) {
    counter(
            new Key("limited", limit, "", "", ""),
            () -> Counter.builder("captcha.limited").description("Requests refused by a limit"),
            "limit",
            limit)
        .increment();
  }

  @Override
  public void stored(Operation operation, long nanos, boolean failed) {
    Objects.requireNonNull(timers.get(new Call(operation, failed)))
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

  private interface Builder {
    Counter.Builder begin();
  }

  private Counter counter(Key key, Builder builder, String... tags) {
    return counters.computeIfAbsent(key, k -> builder.begin().tags(tags).register(registry));
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
