package io.anynode.captcha.settings;

import java.io.ObjectInputFilter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySources;

/** Reads all settings from Spring's {@code Environment}, and validates them together. */
public final class SettingsReader {

  private static final int SECRET_LENGTH = 16;
  private static final Duration A_DAY = Duration.ofHours(24);
  private static final Duration LONGEST = Duration.ofDays(3650);

  private static final String AFTER = "after:";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  /** As a browser writes it, in lower case. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private static final Pattern COOKIE_PATH = Pattern.compile("/[^;\\s\\p{Cntrl}]*");
  private static final Pattern REDIS = Pattern.compile("rediss?(-sentinel|-cluster)?://\\S+");

  private SettingsReader() {}

  /**
   * Reads the settings.
   *
   * @param environment the places that they come from, the first one wins; {@code ${…}} in a value
   *     stands for another property or environment variable
   * @throws SettingsException with every error there is
   */
  public static Settings read(ConfigurableEnvironment environment) {
    return read(environment, session -> List.of());
  }

  /**
   * Reads the settings, and asks the store that is chosen about its own.
   *
   * @param store gives an error for each setting of the session's that cannot work
   * @throws SettingsException with every error there is
   */
  public static Settings read(
      ConfigurableEnvironment environment, Function<SessionSettings, List<String>> store) {
    Values values = new Values(environment);
    PropertySources sources = environment.getPropertySources();
    SettingsFiles.errors(environment).forEach(values::error);
    KnownKeys.errors(sources).forEach(values::error);
    Settings.Scope scope = values.choice(Setting.SCOPE, Settings.Scope.class);
    Settings settings =
        new Settings(
            node(values),
            session(values, scope),
            challenge(values),
            new Settings.Work(
                values.number(Setting.WORK_DIFFICULTY, 1, 1_000_000),
                values.number(Setting.WORK_BUSY, 1, 1_000_000),
                values.number(Setting.WORK_RISE, 1, 100)),
            values.parsed(Setting.SECRET, Setting.SECRET.key(), SettingsReader::secret),
            secrets(values, Setting.SECRET_PREVIOUS),
            web(values, scope),
            Rates.read(values),
            api(values),
            new GuardReader(values).read(KnownKeys.entries(sources, Setting.PROTECT_PATH)),
            new LegacyReader(values).read(KnownKeys.entries(sources, Setting.LEGACY_PATH)),
            values.flag(Setting.TEST_MODE),
            metrics(values));
    store.apply(settings.session()).forEach(values::error);
    if (!values.errors().isEmpty()) {
      throw new SettingsException(values.errors());
    }
    return settings;
  }

  private static String node(Values values) {
    String node = values.matching(Setting.NODE, n -> GuardReader.NAME.matcher(n).matches());
    if (node != null) {
      return node;
    }
    String host =
        Objects.requireNonNullElse(
            System.getenv("HOSTNAME"),
            Objects.requireNonNullElse(System.getenv("COMPUTERNAME"), "node"));
    return host + "-" + ProcessHandle.current().pid();
  }

  private static Settings.Metrics metrics(Values values) {
    return new Settings.Metrics(
        values.defaulted(
            Setting.METRICS,
            value ->
                switch (value) {
                  case "off" -> false;
                  case "prometheus" -> true;
                  default -> null;
                }),
        Objects.requireNonNull(Network.listed(values, Setting.METRICS_ALLOW)));
  }

  private static SessionSettings session(Values values, Settings.Scope scope) {
    SessionSettings session =
        new SessionSettings(
            values.choice(Setting.STORE, StoreKind.class),
            values.time(Setting.TIMEOUT, Duration.ofSeconds(1), LONGEST),
            values.number(Setting.TOUCH, 0, 50),
            values.time(Setting.CLEANUP, Duration.ofMillis(100), LONGEST),
            cookie(values, scope),
            jdbc(values),
            new SessionSettings.Redis(
                Objects.requireNonNull(
                    values.parsed(
                        Setting.REDIS_URI,
                        Setting.REDIS_URI.key(),
                        uri -> REDIS.matcher(uri).matches() ? new Hidden(uri) : null)),
                name(values, Setting.REDIS_NAMESPACE, Pattern.compile("[A-Za-z0-9.:_-]{1,100}")),
                values.number(Setting.REDIS_POOL_SIZE, 1, 1000),
                values.time(Setting.REDIS_TIMEOUT, Duration.ofMillis(100), Duration.ofSeconds(30))),
            new SessionSettings.File(
                values.parsed(Setting.FILE_DIR, Setting.FILE_DIR.key(), Path::of),
                values.flag(Setting.FILE_SYNC)),
            new SessionSettings.Memory(values.flag(Setting.MEMORY_MANY_NODES)),
            values.matching(Setting.SERIAL_FILTER, SettingsReader::isFilter));
    if (session.store() == StoreKind.FILE && values.text(Setting.FILE_DIR) == null) {
      values.error(
          Setting.FILE_DIR.key()
              + " is not set; the file store needs "
              + Setting.FILE_DIR.allowed());
    }
    return session;
  }

  /** Some malformed patterns throw, and an empty one makes no filter. */
  private static boolean isFilter(String pattern) {
    return ObjectInputFilter.Config.createFilter(pattern) != null;
  }

  private static SessionSettings.Cookie cookie(Values values, Settings.Scope scope) {
    String sameSite =
        values.parsed(
            Setting.COOKIE_SAME_SITE,
            Setting.COOKIE_SAME_SITE.key(),
            value ->
                List.of("Lax", "Strict", "None").stream()
                    .filter(s -> s.equalsIgnoreCase(value))
                    .findFirst()
                    .orElse(null));
    Boolean secure = values.optionalFlag(Setting.COOKIE_SECURE);
    if ("None".equals(sameSite) && !Boolean.TRUE.equals(secure)) {
      values.error(
          Setting.COOKIE_SAME_SITE.key()
              + " is 'None'; browsers take such a cookie only with "
              + Setting.COOKIE_SECURE.key()
              + "=true");
    }
    String name =
        values.matching(
            Setting.COOKIE_NAME,
            n -> TOKEN.matcher(n).matches() && !n.equalsIgnoreCase("JSESSIONID"));
    return new SessionSettings.Cookie(
        Objects.requireNonNullElse(name, scope == Settings.Scope.CAPTCHA ? "CAPTCHA" : "SESSION"),
        values.matching(Setting.COOKIE_PATH, p -> COOKIE_PATH.matcher(p).matches()),
        Objects.requireNonNull(sameSite),
        secure);
  }

  private static SessionSettings.Jdbc jdbc(Values values) {
    Hidden url =
        values.parsed(
            Setting.JDBC_URL,
            Setting.JDBC_URL.key(),
            u -> u.startsWith("jdbc:") ? new Hidden(u) : null);
    String jndi = values.text(Setting.JDBC_JNDI);
    if (url != null && jndi != null) {
      values.error(
          Setting.JDBC_JNDI.key()
              + " is '"
              + Values.printable(jndi)
              + "' and "
              + Setting.JDBC_URL.key()
              + " is set as well; set one of them");
    }
    return new SessionSettings.Jdbc(
        url,
        values.text(Setting.JDBC_USER),
        values.hidden(Setting.JDBC_PASSWORD),
        jndi,
        values.number(Setting.JDBC_POOL_SIZE, 1, 1000),
        values.time(Setting.JDBC_TIMEOUT, Duration.ofMillis(250), Duration.ofSeconds(30)));
  }

  private static Settings.Challenge challenge(Values values) {
    Settings.Kind kind = values.choice(Setting.KIND, Settings.Kind.class);
    Set<Offer> offered = values.defaulted(Setting.OFFER, SettingsReader::offered);
    return new Settings.Challenge(
        kind,
        kind == Settings.Kind.WORK ? Set.of(Offer.WORK) : offered,
        values.number(Setting.LENGTH, 3, 12),
        values.flag(Setting.CASE_SENSITIVE),
        values.time(Setting.TTL, Duration.ofSeconds(10), A_DAY),
        values.number(Setting.MAX_OPEN, 1, 64),
        values.number(Setting.PICTURE_WIDTH, 80, 800),
        values.number(Setting.PICTURE_HEIGHT, 24, 300),
        values.choice(Setting.PICTURE_DIFFICULTY, Settings.PictureDifficulty.class));
  }

  private static @Nullable Set<Offer> offered(String value) {
    Set<Offer> offered = EnumSet.noneOf(Offer.class);
    for (String way : separated(value)) {
      Offer known =
          Arrays.stream(Offer.values())
              .filter(offer -> offer.name().equalsIgnoreCase(way))
              .findFirst()
              .orElse(null);
      if (known == null || !offered.add(known)) {
        return null;
      }
    }
    return offered.contains(Offer.PICTURE) ? Collections.unmodifiableSet(offered) : null;
  }

  private static @Nullable Hidden secret(String value) {
    return value.length() >= SECRET_LENGTH ? new Hidden(value) : null;
  }

  private static List<Hidden> secrets(Values values, Setting setting) {
    List<Hidden> secrets =
        values.parsed(
            setting,
            setting.key(),
            value -> {
              List<String> several = separated(value);
              return several.stream().allMatch(s -> s.length() >= SECRET_LENGTH)
                  ? several.stream().map(Hidden::new).toList()
                  : null;
            });
    return secrets == null ? List.of() : secrets;
  }

  private static Settings.Api api(Values values) {
    Set<String> origins =
        values.parsed(
            Setting.CORS_ORIGINS,
            Setting.CORS_ORIGINS.key(),
            value -> {
              List<String> several = separated(value);
              return several.stream().allMatch(o -> ORIGIN.matcher(o).matches())
                  ? Set.copyOf(several)
                  : null;
            });
    return new Settings.Api(
        secrets(values, Setting.SITEVERIFY_SECRET), Objects.requireNonNullElse(origins, Set.of()));
  }

  private static List<String> separated(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  private static Settings.Web web(Values values, Settings.Scope scope) {
    String id = name(values, Setting.PARAMETER_ID, GuardReader.NAME);
    String answer =
        Objects.requireNonNull(
            values.matching(
                Setting.PARAMETER_ANSWER,
                a -> GuardReader.NAME.matcher(a).matches() && !a.equals(id)));
    String work =
        Objects.requireNonNull(
            values.matching(
                Setting.PARAMETER_WORK,
                w -> GuardReader.NAME.matcher(w).matches() && !Set.of(id, answer).contains(w)));
    return new Settings.Web(
        name(values, Setting.PREFIX, PREFIX),
        id,
        answer,
        work,
        Objects.requireNonNull(
            values.parsed(
                Setting.REQUEST_ENCODING,
                Setting.REQUEST_ENCODING.key(),
                e -> Charset.forName(e).name())),
        values.defaulted(Setting.ORDER, SettingsReader::filtersBefore),
        scope,
        values.parsed(Setting.LANGUAGE, Setting.LANGUAGE.key(), SettingsReader::language));
  }

  private static @Nullable Locale language(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    return locale.toLanguageTag().equalsIgnoreCase(tag) ? locale : null;
  }

  private static @Nullable List<String> filtersBefore(String order) {
    if (order.equals("first")) {
      return List.of();
    }
    if (!order.startsWith(AFTER)) {
      return null;
    }
    List<String> names = separated(order.substring(AFTER.length()));
    return names.contains("") || Set.copyOf(names).size() < names.size() ? null : names;
  }

  private static String name(Values values, Setting setting, Pattern pattern) {
    return Objects.requireNonNull(values.matching(setting, v -> pattern.matcher(v).matches()));
  }
}
