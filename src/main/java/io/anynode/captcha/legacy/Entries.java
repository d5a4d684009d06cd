package io.anynode.captcha.legacy;

import io.anynode.captcha.challenge.Maker;
import io.anynode.captcha.challenge.SumMaker;
import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.render.Format;
import io.anynode.captcha.render.PictureDifficulty;
import io.anynode.captcha.render.Pictures;
import io.anynode.captcha.render.SimpleCaptchaPictures;
import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.Legacy;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the entries of an application: of its settings, and of what its {@code web.xml} says. */
final class Entries {

  private static final Logger log = LoggerFactory.getLogger(Entries.class);

  private final Settings settings;
  private final ServletContext context;
  private final LegacyFilter.Parts parts;
  private final List<String> errors = new ArrayList<>();

  private Entries(Settings settings, ServletContext context, LegacyFilter.Parts parts) {
    this.settings = settings;
    this.context = context;
    this.parts = parts;
  }

  /**
   * Makes them.
   *
   * @throws SettingsException with every error there is
   */
  static List<Entry> of(Settings settings, ServletContext context, LegacyFilter.Parts parts) {
    Entries entries = new Entries(settings, context, parts);
    List<Entry> made =
        settings.legacy().stream().map(entries::entry).filter(Objects::nonNull).toList();
    entries.checkApart(made);
    if (!entries.errors.isEmpty()) {
      throw new SettingsException(entries.errors);
    }
    return made;
  }

  private @Nullable Entry entry(Legacy legacy) {
    Preset preset = Preset.of(legacy.library(), context);
    List<Guard> images = legacy.images();
    if (images.isEmpty()) {
      images = preset.images().stream().map(legacy::imageAt).toList();
    }
    if (images.isEmpty() && legacy.issues()) {
      errors.add(
          "captcha.legacy.%s.image is not set, and the application has no servlet of %s's own; set"
                  .formatted(legacy.name(), lower(legacy.library()))
              + " it to the old picture's URL");
      return null;
    }
    log.info(
        "The old captcha {} ({}, {}): its picture at {}, checked at {}.",
        legacy.name(),
        lower(legacy.library()),
        lower(legacy.mode()),
        paths(images),
        paths(legacy.checks()));
    return new Entry(
        legacy.name(),
        legacy.mode() == Legacy.Mode.GUARD,
        legacy.parameter(),
        images,
        legacy.checks(),
        legacy.issues() ? own(legacy, preset) : observed(legacy, preset));
  }

  private Source own(Legacy legacy, Preset preset) {
    Legacy.Picture set = legacy.picture();
    Format format =
        Format.valueOf(Objects.requireNonNullElse(set.format(), preset.format()).name());
    Pictures pictures =
        new SimpleCaptchaPictures(
            Objects.requireNonNullElse(set.width(), preset.width()),
            Objects.requireNonNullElse(set.height(), preset.height()),
            format,
            PictureDifficulty.valueOf(settings.challenge().difficulty().name()));
    boolean ownAttribute = legacy.attribute() != null;
    OwnChallenges.Shape shape =
        new OwnChallenges.Shape(
            ownAttribute ? legacy.attribute() : preset.attribute(),
            preset.date(),
            value(legacy, preset));
    return new OwnChallenges(
        parts.captchas().apply(maker(legacy, preset), pictures),
        legacy.name(),
        format,
        shape,
        settings.challenge().ttl());
  }

  private static OwnChallenges.Value value(Legacy legacy, Preset preset) {
    if (legacy.type() == Legacy.Type.INTEGER) {
      return Integer::valueOf;
    }
    return switch (Objects.requireNonNullElse(legacy.stored(), preset.stored())) {
      case AS_IS -> answer -> answer;
      case UPPER -> answer -> answer.toUpperCase(Locale.ROOT);
      case LOWER -> answer -> answer.toLowerCase(Locale.ROOT);
    };
  }

  private Maker maker(Legacy legacy, Preset preset) {
    Legacy.Picture set = legacy.picture();
    boolean integer = legacy.type() == Legacy.Type.INTEGER;
    if (integer && set.alphabet() == null) {
      return new SumMaker();
    }
    String alphabet =
        Objects.requireNonNullElse(set.alphabet(), preset.alphabet())
            .chars()
            .distinct()
            .filter(c -> !integer || c != '0') // an Integer would lose those that it begins with
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return new TextMaker(
        Objects.requireNonNullElse(set.length(), preset.length()),
        settings.challenge().caseSensitive(),
        alphabet);
  }

  private Source observed(Legacy legacy, Preset preset) {
    String attribute = legacy.attribute() != null ? legacy.attribute() : preset.attribute();
    return new ObservedAnswers(
        parts.store(),
        legacy.name(),
        Objects.requireNonNull(attribute),
        reading(legacy),
        new ObservedAnswers.Comparison(settings.challenge().caseSensitive(), settings.testMode()),
        parts.clock(),
        parts.random(),
        parts.telemetry());
  }

  private static ObservedAnswers.Reading reading(Legacy legacy) {
    if (legacy.library() == Legacy.Library.SIMPLECAPTCHA) {
      return new SimpleCaptchaAnswer();
    }
    return legacy.type() == Legacy.Type.INTEGER
        ? value -> value instanceof Integer number ? number.toString() : null
        : value -> value instanceof String text ? text : null;
  }

  /**
   * Two entries for one attribute would each hide what is the other's; a picture has one answer.
   */
  private void checkApart(List<Entry> entries) {
    Map<Object, String> owners = new HashMap<>();
    for (Entry entry : entries) {
      for (String attribute : entry.source().attributes()) {
        own(owners, entry, attribute, "the session attribute '" + attribute + "'");
      }
      for (Guard image : entry.images()) {
        List<?> url = Arrays.asList(image.path(), image.whenParameter());
        own(owners, entry, url, "the picture at " + image.path());
      }
    }
  }

  private void own(Map<Object, String> owners, Entry entry, Object thing, String called) {
    String owner = owners.putIfAbsent(thing, entry.name());
    if (owner != null && !owner.equals(entry.name())) {
      errors.add(
          "captcha.legacy.%s has %s, which captcha.legacy.%s has as well; make one of the two:"
                  .formatted(entry.name(), called, owner)
              + " its image and path may each be several, with commas between them");
    }
  }

  private static String paths(List<Guard> guards) {
    return guards.stream().map(Guard::path).collect(Collectors.joining(", "));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
