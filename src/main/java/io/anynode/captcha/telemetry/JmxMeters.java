package io.anynode.captcha.telemetry;

import io.anynode.captcha.Telemetry.Issuer;
import io.anynode.captcha.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of an application as a bean of the platform's MBean server, until it is closed.
 *
 * <p>Its name is {@code io.anynode.captcha:type=Captcha,context="/shop",node="a"}; for a second one
 * of this name in one process, {@code ,number=2} comes behind it.
 */
public final class JmxMeters implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JmxMeters.class);
  private static final int MOST = 100;

  private final MBeanServer server;
  private final ObjectName name;

  private JmxMeters(MBeanServer server, ObjectName name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Registers a bean.
   *
   * @param context the application's context path; empty for the root
   * @param node this node's name
   * @throws IllegalStateException if JMX refuses it
   */
  public static JmxMeters register(Meters meters, String context, String node) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String base =
        "io.anynode.captcha:type=Captcha,context="
            + ObjectName.quote(context.isEmpty() ? "/" : context)
            + ",node="
            + ObjectName.quote(node);
    try {
      StandardMBean bean = new StandardMBean(new Bean(meters), CaptchaMXBean.class, true);
      for (int number = 1; number <= MOST; number++) {
        ObjectName name = new ObjectName(number == 1 ? base : base + ",number=" + number);
        try {
          return new JmxMeters(server, server.registerMBean(bean, name).getObjectName());
        } catch (InstanceAlreadyExistsException e) {
          log.debug("JMX has {} already", name);
        }
      }
    } catch (JMException e) {
      throw new IllegalStateException("JMX does not take " + base, e);
    }
    throw new IllegalStateException("JMX has " + MOST + " beans named " + base);
  }

  /** Under which name it is registered. */
  public ObjectName name() {
    return name;
  }

  @Override
  public void close() {
    try {
      server.unregisterMBean(name);
    } catch (JMException e) {
      log.debug("JMX does not have {} any more", name);
    }
  }

  private record Bean(Meters meters) implements CaptchaMXBean {

    @Override
    public Map<String, Long> getIssued() {
      return counts("captcha.issued");
    }

    @Override
    public Map<String, Long> getShown() {
      return counts("captcha.shown");
    }

    @Override
    public Map<String, Long> getVerdicts() {
      return counts("captcha.verdicts");
    }

    @Override
    public long getPassedHere() {
      return passed(Issuer.SAME);
    }

    @Override
    public long getPassedElsewhere() {
      return passed(Issuer.OTHER);
    }

    @Override
    public Map<String, Long> getLimited() {
      return counts("captcha.limited");
    }

    @Override
    public long getOpen() {
      return meters.open();
    }

    @Override
    public Map<String, Long> getStoreCalls() {
      return byTags(timers(), Timer::count);
    }

    @Override
    public Map<String, Double> getStoreMeanMillis() {
      return byTags(timers(), timer -> timer.mean(TimeUnit.MILLISECONDS));
    }

    private Collection<Timer> timers() {
      return meters.registry().find("captcha.store").timers();
    }

    private Map<String, Long> counts(String name) {
      return byTags(meters.registry().find(name).counters(), counter -> (long) counter.count());
    }

    private long passed(Issuer issuer) {
      return (long)
          meters
              .registry()
              .find("captcha.verdicts")
              .tags("verdict", Verdict.PASSED.name(), "verified", Meters.where(issuer))
              .counters()
              .stream()
              .mapToDouble(Counter::count)
              .sum();
    }

    private static <M extends Meter, V> Map<String, V> byTags(
        Collection<M> meters, Function<M, V> value) {
      return meters.stream()
          .collect(
              Collectors.toMap(
                  meter ->
                      meter.getId().getTags().stream()
                          .map(Tag::getValue)
                          .collect(Collectors.joining(" ")),
                  value,
                  (one, other) -> other,
                  TreeMap::new));
    }
  }
}
