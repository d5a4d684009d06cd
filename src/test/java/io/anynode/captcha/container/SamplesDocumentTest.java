package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chapter on old applications shows the samples as they run. */
class SamplesDocumentTest {

  private static final Path CHAPTER = Path.of("src", "site", "markdown", "legacy.md");
  private static final Pattern CODE = Pattern.compile("(?s)```(?:xml|java|jsp|ini)\n(.*?)```");

  @ParameterizedTest
  @EnumSource
  void itHasThePropertiesOfEachSample(Sample sample) throws IOException {
    Path properties = SampleWar.folder(sample.folder()).resolve("captcha.properties");
    assertThat(Files.readString(CHAPTER)).contains("\n" + Files.readString(properties));
  }

  @Test
  void whatItShowsOfTheOldCodeIsInASample() throws IOException {
    List<String> sources;
    try (Stream<Path> files = Files.walk(SampleWar.folder(""))) {
      sources = files.filter(Files::isRegularFile).map(SamplesDocumentTest::stripped).toList();
    }
    List<String> shown =
        CODE.matcher(Files.readString(CHAPTER)).results().map(r -> stripped(r.group(1))).toList();

    assertThat(shown)
        .isNotEmpty()
        .allMatch(code -> sources.stream().anyMatch(source -> source.contains(code)));
  }

  private static String stripped(Path file) {
    try {
      return stripped(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
