package io.anynode.captcha.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code conf/captcha.properties} and the README's table against the code. Run with {@code
 * -Ddocuments=write} to write them anew.
 */
class SettingsDocumentsTest {

  private static final Path PROPERTIES = Path.of("conf/captcha.properties");
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- settings: written from Setting.java -->\n";
  private static final String END = "<!-- end of settings -->";

  @Test
  void thePropertiesFileNamesEveryKeyWithEffectAndDefault() throws IOException {
    check(PROPERTIES, properties());
  }

  @Test
  void theReadmesTableNamesEveryKeyWithEffectAndDefault() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    check(README, readme.substring(0, begin) + table() + readme.substring(readme.indexOf(END)));
  }

  private static void check(Path file, String expected) throws IOException {
    if ("write".equals(System.getProperty("documents"))) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("mvn test -Dtest=SettingsDocumentsTest -Ddocuments=write writes it anew")
        .isEqualTo(expected);
  }

  private static String properties() {
    StringBuilder text =
        new StringBuilder(
            """
            # Anynode Captcha: every setting, with its default.
            #
            # Put this file into WEB-INF/ of your application, into the container's conf/ folder,
            # or anywhere, with captcha.config naming it. The first place that has a key wins:
            # context parameters, JNDI (java:comp/env), system properties (-Dcaptcha.length=6),
            # environment variables (CAPTCHA_LENGTH=6), the file of captcha.config, conf/, WEB-INF/.
            # ${…} in a value stands for another property or environment variable.
            """);
    for (Setting setting : Setting.values()) {
      text.append("\n# ").append(wrapped(setting.effect())).append('\n');
      text.append("# Allowed: ").append(wrapped(setting.allowed())).append(".\n");
      text.append('#').append(setting.key()).append('=');
      text.append(setting.byDefault() == null ? "" : setting.byDefault()).append('\n');
    }
    return text.toString();
  }

  private static String table() {
    return "\n| key | default | effect, and what is allowed |\n|---|---|---|\n"
        + Arrays.stream(Setting.values())
            .map(
                s ->
                    "| `%s` | %s | %s Allowed: %s. |\n"
                        .formatted(
                            s.key(),
                            s.byDefault() == null || s.byDefault().isEmpty()
                                ? ""
                                : "`" + s.byDefault() + "`",
                            s.effect().replace("<name>", "`<name>`"),
                            s.allowed()))
            .collect(Collectors.joining())
        + "\n";
  }

  private static String wrapped(String sentence) {
    StringBuilder text = new StringBuilder();
    int column = 2;
    for (String word : sentence.split(" ", -1)) {
      if (column + word.length() > 98) {
        text.append("\n# ");
        column = 2;
      } else if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(word);
      column += word.length() + 1;
    }
    return text.toString();
  }
}
