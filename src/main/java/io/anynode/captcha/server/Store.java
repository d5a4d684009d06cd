package io.anynode.captcha.server;

import io.anynode.captcha.settings.StoreKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names of the stores, as {@code captcha.session.store} and {@code --store} give them. */
final class Store {

  static final String NAMES =
      Arrays.stream(StoreKind.values()).map(Store::name).collect(Collectors.joining(", "));

  private Store() {}

  static String name(StoreKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a name.
   *
   * @param where the setting or option that has it
   */
  static StoreKind parse(String where, String value) {
    return Arrays.stream(StoreKind.values())
        .filter(kind -> name(kind).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                StartFailure.badUsage(
                    "%s is '%s', but must be one of %s.".formatted(where, value, NAMES)));
  }
}
