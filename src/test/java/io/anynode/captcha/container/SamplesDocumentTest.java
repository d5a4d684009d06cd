package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chapters on old applications show the samples as they run. */
class SamplesDocumentTest {

  private static final Path CHAPTERS = Path.of("src", "site", "markdown");
  private static final Pattern CODE = Pattern.compile("(?s)```(?:xml|java|jsp|ini)\n(.*?)```");

  @ParameterizedTest
  @EnumSource
  void theOneOnDroppingInHasThePropertiesOfEachSample(Sample sample) {
    assertThat(chapter("legacy.md")).contains(properties(sample.folder()));
  }

  @Test
  void theOneOnMigratingHasThePropertiesOfItsSample() {
    assertThat(chapter("migrating.md")).contains(properties("kaptcha-migrated"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy.md", "migrating.md"})
  void whatTheyShowOfTheCodeIsInASample(String name) throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(SampleWar.folder(""))) {
      sources = files.filter(Files::isRegularFile).map(SamplesDocumentTest::stripped).toList();
    }
    List<String> shown =
        CODE.matcher(chapter(name))
            .results()
            .map(found -> stripped(found.group(1)).strip())
            .toList();

    assertThat(shown)
        .isNotEmpty()
        .allMatch(code -> sources.stream().anyMatch(source -> source.contains(code)));
  }

  @ParameterizedTest
  @CsvSource({"Jakarta Security, jakarta-security", "Spring Security, spring-security"})
  void theOneOnApplicationsWithoutJspShowsItsSamples(String section, String sample) {
    String chapter = chapter("json-api.md");
    var code = CODE.matcher(chapter.substring(chapter.indexOf("## " + section)));
    assertThat(code.find()).isTrue();
    assertThat(stripped(SampleWar.folder(sample).resolve("java/shop/Security.java")))
        .contains(code.group(1).strip());
  }

  private static String chapter(String name) {
    return stripped(CHAPTERS.resolve(name));
  }

  private static String properties(String sample) {
    return "\n" + stripped(SampleWar.folder(sample).resolve("captcha.properties"));
  }

  private static String stripped(Path file) {
    try {
      return stripped(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
