package io.anynode.captcha.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.anynode.captcha.settings.Legacy.Library;
import io.anynode.captcha.settings.Legacy.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class LegacyReaderTest {

  @Test
  void aLibraryAPathAndAParameterAreEnough() {
    Legacy legacy = read("library=kaptcha", "path=/login", "parameter=code").legacy().get(0);

    assertThat(legacy)
        .isEqualTo(
            new Legacy(
                "old",
                Library.KAPTCHA,
                Mode.TAKEOVER,
                List.of(),
                List.of(
                    new Guard("old", "/login", Set.of("POST"), null, "", new Guard.Status(422))),
                "code",
                null,
                Legacy.Type.STRING,
                null,
                new Legacy.Picture(null, null, null, null, null)));
  }

  @Test
  void everythingCanBeSaid() {
    Legacy legacy =
        read(
                "library=servlet",
                "mode=observe",
                "image=/a.jpg, *.gif, /user.do?method=code, /x?pic",
                "path=/login,/register/*",
                "method=get, post",
                "when-parameter=action=login",
                "on-failure=redirect:/login.jsp",
                "parameter=code",
                "attribute=session code",
                "type=integer",
                "case=as-is",
                "alphabet=0123",
                "length=4",
                "width=100",
                "height=30",
                "format=gif")
            .legacy()
            .get(0);

    assertThat(legacy.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(legacy.images())
        .extracting(Guard::path, Guard::whenParameter)
        .containsExactly(
            tuple("/a.jpg", null),
            tuple("*.gif", null),
            tuple("/user.do", new Guard.WhenParameter("method", "code")),
            tuple("/x", new Guard.WhenParameter("pic", null)));
    assertThat(legacy.checks()).extracting(Guard::path).containsExactly("/login", "/register/*");
    assertThat(legacy.checks())
        .allSatisfy(
            check -> {
              assertThat(check.methods()).containsExactlyInAnyOrder("GET", "POST");
              assertThat(check.whenParameter())
                  .isEqualTo(new Guard.WhenParameter("action", "login"));
              assertThat(check.onFailure()).isEqualTo(new Guard.Redirect("/login.jsp"));
            });
    assertThat(legacy.attribute()).isEqualTo("session code");
    assertThat(legacy.type()).isEqualTo(Legacy.Type.INTEGER);
    assertThat(legacy.stored()).isEqualTo(Legacy.Stored.AS_IS);
    assertThat(legacy.picture())
        .isEqualTo(new Legacy.Picture("0123", 4, 100, 30, Legacy.Format.GIF));
  }

  @ParameterizedTest
  @CsvSource({
    "kaptcha, TAKEOVER, true",
    "easycaptcha, TAKEOVER, true",
    "simplecaptcha, OBSERVE, false",
    "cage, OBSERVE, false"
  })
  void theModeFollowsTheLibrary(String library, Mode mode, boolean issues) {
    Legacy legacy = read("library=" + library, "path=/login", "parameter=code").legacy().get(0);
    assertThat(legacy.mode()).isEqualTo(mode);
    assertThat(legacy.issues()).isEqualTo(issues);
  }

  @Test
  void jcaptchaIsRefusedWithTheReasonAndWhatToDo() {
    assertThat(refused("library=jcaptcha", "path=/login", "parameter=code"))
        .singleElement()
        .asString()
        .contains("captcha.legacy.old.library is 'jcaptcha'")
        .contains("a map of one JVM")
        .contains("captcha.protect");
  }

  @Test
  void whatIsNeededIsAskedForAtOnce() {
    assertThat(refused("library=servlet"))
        .containsExactlyInAnyOrder(
            "captcha.legacy.old.path is not set; the old captcha 'old' needs "
                + Setting.LEGACY_PATH.allowed(),
            "captcha.legacy.old.parameter is not set; the old captcha 'old' needs "
                + Setting.LEGACY_PARAMETER.allowed());
    assertThat(refused("path=/login", "parameter=code"))
        .containsExactlyInAnyOrder(
            "captcha.legacy.old.attribute is not set; the old captcha 'old' needs "
                + Setting.LEGACY_ATTRIBUTE.allowed(),
            "captcha.legacy.old.image is not set; the old captcha 'old' needs "
                + Setting.LEGACY_IMAGE.allowed());
  }

  @ParameterizedTest
  @CsvSource({
    "library=simplecaptcha mode=takeover, captcha.legacy.old.mode is 'takeover'",
    "library=simplecaptcha type=integer, captcha.legacy.old.type is 'integer'",
    "library=kaptcha image=kaptcha.jpg, captcha.legacy.old.image is 'kaptcha.jpg'",
    "library=kaptcha image=/a?, captcha.legacy.old.image is '/a?'",
    "library=kaptcha alphabet=A, captcha.legacy.old.alphabet is 'A'",
    "library=kaptcha alphabet=\u4e2d\u6587, captcha.legacy.old.alphabet is '\u4e2d\u6587'",
    "library=kaptcha type=integer alphabet=AB, captcha.legacy.old.alphabet is 'AB'",
    "library=kaptcha type=integer length=10, captcha.legacy.old.length is '10'",
    "library=kaptcha width=60, captcha.legacy.old.width is '60'",
    "library=kaptcha format=bmp, captcha.legacy.old.format is 'bmp'",
    "library=kaptcha case=title, captcha.legacy.old.case is 'title'",
    "library=recaptcha, captcha.legacy.old.library is 'recaptcha'",
    "library=kaptcha on-failure=forward://x, captcha.legacy.old.on-failure is 'forward://x'",
    "library=kaptcha pth=/x, captcha.legacy.old.pth in test is no setting"
  })
  void whatCannotBeIsNamed(String settings, String error) {
    String[] all = (settings + " path=/login parameter=code attribute=a").split(" ", -1);
    assertThat(refused(all)).anyMatch(sentence -> sentence.startsWith(error));
  }

  @Test
  void environmentVariablesNameOldCaptchasToo() {
    StandardEnvironment environment = empty();
    environment
        .getPropertySources()
        .addLast(
            new SystemEnvironmentPropertySource(
                "environment",
                Map.of(
                    "CAPTCHA_LEGACY_LOGIN_LIBRARY", "kaptcha",
                    "CAPTCHA_LEGACY_LOGIN_PATH", "/login",
                    "CAPTCHA_LEGACY_LOGIN_PARAMETER", "code",
                    "CAPTCHA_LEGACY_LOGIN_WHEN_PARAMETER", "action")));

    Settings settings = SettingsReader.read(environment);

    assertThat(settings.guards()).isEmpty();
    assertThat(settings.legacy())
        .singleElement()
        .satisfies(
            l -> {
              assertThat(l.name()).isEqualTo("login");
              assertThat(l.checks().get(0).whenParameter())
                  .isEqualTo(new Guard.WhenParameter("action", null));
            });
  }

  private static Settings read(String... settings) {
    return SettingsReader.read(environment(settings));
  }

  private static List<String> refused(String... settings) {
    SettingsException e =
        catchThrowableOfType(
            SettingsException.class, () -> SettingsReader.read(environment(settings)));
    return e.errors();
  }

  private static ConfigurableEnvironment environment(String... settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      map.put("captcha.legacy.old." + setting.substring(0, equals), setting.substring(equals + 1));
    }
    StandardEnvironment environment = empty();
    environment.getPropertySources().addLast(new MapPropertySource("test", map));
    return environment;
  }

  private static StandardEnvironment empty() {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().stream()
        .map(PropertySource::getName)
        .toList()
        .forEach(environment.getPropertySources()::remove);
    return environment;
  }
}
