package io.anynode.captcha.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When a guard asks for an answer.
 *
 * @param mode always, or only where logins have failed
 * @param failures for {@link Mode#AFTER_FAILURES}: from how many failed logins on, at least 1
 * @param account the parameter that names the account
 * @param forget how long failed logins are remembered; positive
 * @param failed what the application answers to a failed login: any of these; empty for {@link
 *     Mode#ALWAYS}
 */
public record When(Mode mode, int failures, String account, Duration forget, List<Failed> failed) {

  /** Asks always. */
  public static final When ALWAYS =
      new When(Mode.ALWAYS, 1, "username", Duration.ofMinutes(15), List.of());

  private static final String AFTER = "after-failures:";

  /** The values of {@code captcha.protect.<name>.when}. */
  public enum Mode {
    /** Each request needs an answer. */
    ALWAYS,
    /** Those of an account or an address with so many failed logins. */
    AFTER_FAILURES,
    /** Those that look like guessing. */
    SUSPICIOUS
  }

  /** How the application shows that a login has failed. */
  public sealed interface Failed {}

  /**
   * It answers with a status.
   *
   * @param code 200 to 599
   */
  public record Status(int code) implements Failed {}

  /**
   * It redirects.
   *
   * @param location a path of the application with a slash in front, and the parameters that its
   *     query must have, if any
   */
  public record Redirect(String location) implements Failed {}

  /**
   * It sets a request attribute, to something else than false.
   *
   * @param name the attribute's
   */
  public record Attribute(String name) implements Failed {}

  static When read(Values values, String guard) {
    When mode = parsed(values, Setting.PROTECT_WHEN, guard, When::mode);
    Duration forget = parsed(values, Setting.PROTECT_FORGET, guard, When::forget);
    List<Failed> failed = parsed(values, Setting.PROTECT_FAILED, guard, When::failed);
    String account = values.text(Setting.PROTECT_ACCOUNT, Setting.PROTECT_ACCOUNT.key(guard));
    if (mode == null || mode.mode() == Mode.ALWAYS || forget == null || account == null) {
      return ALWAYS;
    }
    values.need(Setting.PROTECT_FAILED, "guard", guard);
    return new When(
        mode.mode(), mode.failures(), account, forget, failed == null ? List.of() : failed);
  }

  private static <T> @Nullable T parsed(
      Values values, Setting setting, String guard, Function<String, @Nullable T> parser) {
    return values.parsed(setting, setting.key(guard), parser);
  }

  private static @Nullable When mode(String value) {
    if (value.equals("always")) {
      return ALWAYS;
    }
    if (value.equals("suspicious")) {
      return new When(Mode.SUSPICIOUS, 1, ALWAYS.account(), ALWAYS.forget(), List.of());
    }
    if (!value.startsWith(AFTER)) {
      return null;
    }
    int failures = Integer.parseInt(value.substring(AFTER.length()));
    return failures >= 1 && failures <= 1_000_000
        ? new When(Mode.AFTER_FAILURES, failures, ALWAYS.account(), ALWAYS.forget(), List.of())
        : null;
  }

  private static @Nullable Duration forget(String value) {
    Rate rate = Rate.parse("1/" + value);
    return rate == null ? null : rate.window();
  }

  private static @Nullable List<Failed> failed(String value) {
    List<Failed> all = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      Failed failed = failedOne(part.strip());
      if (failed == null) {
        return null;
      }
      all.add(failed);
    }
    return List.copyOf(all);
  }

  private static @Nullable Failed failedOne(String value) {
    int colon = value.indexOf(':');
    String target = value.substring(colon + 1);
    return switch (colon < 0 ? "" : value.substring(0, colon)) {
      case "status" -> {
        int code = Integer.parseInt(target);
        yield code >= 200 && code <= 599 ? new Status(code) : null;
      }
      case "redirect" ->
          target.startsWith("/") && !target.startsWith("//") ? new Redirect(target) : null;
      case "attribute" -> target.isBlank() ? null : new Attribute(target);
      default -> null;
    };
  }
}
