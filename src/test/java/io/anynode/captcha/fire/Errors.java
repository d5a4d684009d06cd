package io.anynode.captcha.fire;

import io.anynode.captcha.real.RealRedis;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The errors that a Redis has answered with, by its own count. */
final class Errors {

  private static final Pattern LINE = Pattern.compile("errorstat_(\\w+):count=(\\d+)");

  /** A script that is sent once more, and what a newer client asks an older server. */
  private static final Set<String> HARMLESS = Set.of("NOSCRIPT", "ERR");

  private Errors() {}

  static String of(RealRedis redis) {
    return LINE.matcher(String.valueOf(redis.ask("INFO errorstats")))
        .results()
        .filter(found -> !HARMLESS.contains(found.group(1)))
        .map(found -> found.group(1) + " " + found.group(2))
        .collect(Collectors.joining(", "));
  }
}
