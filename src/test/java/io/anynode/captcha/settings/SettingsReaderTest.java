package io.anynode.captcha.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsReaderTest {

  @Test
  void withNothingSetTheDefaultsHold() {
    Settings settings = read(Map.of());

    assertThat(settings.session().store()).isEqualTo(StoreKind.JDBC);
    assertThat(settings.session().timeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(settings.session().cookie())
        .isEqualTo(new SessionSettings.Cookie("SESSION", null, "Lax", null));
    assertThat(settings.challenge())
        .isEqualTo(
            new Settings.Challenge(
                Settings.Kind.TEXT,
                Set.of(Offer.PICTURE, Offer.SOUND, Offer.WORK),
                5,
                false,
                Duration.ofMinutes(5),
                8,
                200,
                50,
                Settings.PictureDifficulty.MEDIUM));
    assertThat(settings.web())
        .isEqualTo(
            new Settings.Web(
                "/captcha",
                "captcha-id",
                "captcha-answer",
                "altcha",
                "UTF-8",
                List.of(),
                Settings.Scope.APPLICATION,
                null));
    assertThat(settings.secret()).isNull();
    assertThat(settings.guards()).isEmpty();
    assertThat(settings.testMode()).isFalse();
    assertThat(settings.node()).isNotBlank();
  }

  @Test
  void aChallengeIsOfferedInTheWaysThatAreListed() {
    assertThat(read(Map.of("captcha.offer", "picture, Work,sound")).challenge().offered())
        .containsExactlyInAnyOrder(Offer.PICTURE, Offer.SOUND, Offer.WORK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sound", "picture,picture", "picture,,sound", "picture,video"})
  void aListOfWaysWithoutAPictureOrWithSomethingElseIsRefused(String offer) {
    assertThat(refused(Map.of("captcha.offer", offer)).errors())
        .containsExactly(
            "captcha.offer is '"
                + offer
                + "'; allowed is picture, and sound or work or both, with commas between them");
  }

  @Test
  void noTwoFieldsHaveOneName() {
    assertThat(refused(Map.of("captcha.parameter.work", "captcha-id")).errors())
        .singleElement()
        .asString()
        .startsWith("captcha.parameter.work is 'captcha-id'");
  }

  @Test
  void workAloneIsOfferedWhateverIsListed() {
    assertThat(read(Map.of("captcha.kind", "work")).challenge().offered())
        .containsExactly(Offer.WORK);
    assertThat(
            read(Map.of("captcha.kind", "work", "captcha.offer", "picture,sound"))
                .challenge()
                .offered())
        .containsExactly(Offer.WORK);
  }

  @Test
  void howHardTheWorkIsHasBounds() {
    assertThat(read(Map.of()).work()).isEqualTo(new Settings.Work(1000, 100, 8));
    assertThat(refused(Map.of("captcha.work.difficulty", "0", "captcha.work.rise", "101")).errors())
        .containsExactlyInAnyOrder(
            "captcha.work.difficulty is '0'; allowed is a number from 1 to 1000000",
            "captcha.work.rise is '101'; allowed is a number from 1 to 100");
  }

  @Test
  void theCaptchasOwnSessionHasACookieOfItsOwn() {
    assertThat(read(Map.of("captcha.session.scope", "captcha")).session().cookie().name())
        .isEqualTo("CAPTCHA");
    assertThat(
            read(Map.of("captcha.session.scope", "captcha", "captcha.session.cookie.name", "OURS"))
                .session()
                .cookie()
                .name())
        .isEqualTo("OURS");
    assertThat(refused(Map.of("captcha.session.scope", "none")).errors())
        .containsExactly("captcha.session.scope is 'none'; allowed is application or captcha");
  }

  @Test
  void anOrderIsFirstOrNamesFilters() {
    assertThat(read(Map.of("captcha.order", "after: a , b")).web().filtersBefore())
        .containsExactly("a", "b");
    for (String wrong : List.of("last", "after:", "after:a,,b", "after:a,a", "a")) {
      assertThat(refused(Map.of("captcha.order", wrong)).errors())
          .containsExactly(
              "captcha.order is '" + wrong + "'; allowed is " + Setting.ORDER.allowed());
    }
  }

  @Test
  void everyErrorIsToldAtOnceWithKeyValueAndWhatIsAllowed() {
    SettingsException e =
        refused(
            Map.of(
                "captcha.length", "99",
                "captcha.ttl", "soon",
                "captcha.session.store", "mongo",
                "captcha.secret", "short",
                "captcha.protect.login.path", "login",
                "captcha.protect.login.on-failure", "forward://evil.example"));

    assertThat(e.errors())
        .containsExactlyInAnyOrder(
            "captcha.length is '99'; allowed is a number from 3 to 12",
            "captcha.ttl is 'soon'; allowed is a time from 10s to 24h",
            "captcha.session.store is 'mongo'; allowed is jdbc, redis, file or memory",
            "captcha.secret is (hidden); allowed is 16 characters or more",
            "captcha.protect.login.path is 'login'; allowed is " + Setting.PROTECT_PATH.allowed(),
            "captcha.protect.login.on-failure is 'forward://evil.example'; allowed is "
                + Setting.PROTECT_ON_FAILURE.allowed());
    e.errors().forEach(error -> assertThat(e.getMessage()).contains(error));
  }

  @Test
  void anUnknownKeyIsAnErrorThatNamesTheNearestKnownOne() {
    assertThat(refused(Map.of("captcha.sesion.store", "redis")).errors())
        .containsExactly(
            "captcha.sesion.store in test is no setting; did you mean captcha.session.store?");
    assertThat(refused(Map.of("captcha.protect.login.pth", "/login")).errors())
        .singleElement()
        .asString()
        .contains("captcha.protect.login.pth in test is no setting");
  }

  @Test
  void anUnknownVariableIsAnErrorAndTheOnesOfThisProjectsTestsAreNot() {
    assertThat(refused(environment(Map.of("CAPTCHA_SESION_STORE", "redis"))).errors())
        .containsExactly(
            "CAPTCHA_SESION_STORE in environment is no setting;"
                + " did you mean CAPTCHA_SESSION_STORE?");
    assertThat(
            SettingsReader.read(environment(Map.of("CAPTCHA_TEST_REDIS_URI", "redis://x")))
                .testMode())
        .isFalse();
  }

  @Test
  void environmentVariablesSetWhatPropertiesSetAndGuardsToo() {
    Settings settings =
        SettingsReader.read(
            environment(
                Map.of(
                    "CAPTCHA_SESSION_STORE", "redis",
                    "CAPTCHA_SESSION_REDIS_URI", "rediss://host:6380",
                    "CAPTCHA_MAX_OPEN", "3",
                    "CAPTCHA_PROTECT_LOGIN_PATH", "/login",
                    "CAPTCHA_PROTECT_LOGIN_WHEN_PARAMETER", "action=login")));

    assertThat(settings.session().store()).isEqualTo(StoreKind.REDIS);
    assertThat(settings.session().redis().uri().value()).isEqualTo("rediss://host:6380");
    assertThat(settings.challenge().maxOpen()).isEqualTo(3);
    assertThat(settings.guards())
        .containsExactly(
            new Guard(
                "login",
                "/login",
                Set.of("POST"),
                new Guard.WhenParameter("action", "login"),
                "",
                new Guard.Status(422)));
  }

  @Test
  void severalGuardsAreReadWithAllTheyHave() {
    Settings settings =
        read(
            Map.of(
                "captcha.protect.login.path", "/login",
                "captcha.protect.login.on-failure", "forward:/login.jsp",
                "captcha.protect.mail.path", "*.do",
                "captcha.protect.mail.method", "post, PUT",
                "captcha.protect.mail.when-parameter", "send",
                "captcha.protect.mail.scope", "mail",
                "captcha.protect.mail.on-failure", "redirect:https://example.org/mail?x=1"));

    assertThat(settings.guards())
        .containsExactly(
            new Guard("login", "/login", Set.of("POST"), null, "", new Guard.Forward("/login.jsp")),
            new Guard(
                "mail",
                "*.do",
                Set.of("POST", "PUT"),
                new Guard.WhenParameter("send", null),
                "mail",
                new Guard.Redirect("https://example.org/mail?x=1")));
  }

  @Test
  void aGuardWithoutPathIsAnErrorAndNeverIgnored() {
    assertThat(refused(Map.of("captcha.protect.login.method", "POST")).errors())
        .singleElement()
        .asString()
        .startsWith("captcha.protect.login.path is not set; the guard 'login' needs");
  }

  @Test
  void aRedirectThatLeavesTheSiteByASlashTrickIsRefused() {
    for (String target : new String[] {"//evil.example", "/\\evil.example", "javascript:x", "x"}) {
      assertThat(
              refused(
                      Map.of(
                          "captcha.protect.a.path",
                          "/a",
                          "captcha.protect.a.on-failure",
                          "redirect:" + target))
                  .errors())
          .hasSize(1);
    }
  }

  @Test
  void aPatternThatNoPathCanMatchIsRefused() {
    for (String pattern :
        new String[] {"/", "/login?a=b", "/login;x", "/caf%C3%A9", "/a//b", "/a/../b", "/a/."}) {
      assertThat(refused(Map.of("captcha.protect.a.path", pattern)).errors())
          .as(pattern)
          .singleElement()
          .asString()
          .startsWith("captcha.protect.a.path is '" + pattern);
    }
    assertThat(read(Map.of("captcha.protect.a.path", "/caf\u00e9/log.in")).guards()).hasSize(1);
  }

  @Test
  void aVariableMayAddToAGuardThatAFileNames() {
    ConfigurableEnvironment environment =
        environment(Map.of("CAPTCHA_PROTECT_MY_LOGIN_METHOD", "GET"));
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("a file", Map.of("captcha.protect.my-login.path", "/x")));

    assertThat(SettingsReader.read(environment).guards())
        .singleElement()
        .satisfies(guard -> assertThat(guard.methods()).containsExactly("GET"));
  }

  @Test
  void whatDoesNotGoTogetherIsAnError() {
    assertThat(refused(Map.of("captcha.session.store", "file")).errors())
        .singleElement()
        .asString()
        .startsWith("captcha.session.file.dir is not set");
    assertThat(
            refused(
                    Map.of(
                        "captcha.session.jdbc.url", "jdbc:h2:mem:x",
                        "captcha.session.jdbc.jndi", "jdbc/x"))
                .errors())
        .singleElement()
        .asString()
        .contains("set one of them");
    assertThat(refused(Map.of("captcha.session.cookie.same-site", "none")).errors())
        .singleElement()
        .asString()
        .contains("captcha.session.cookie.secure=true");
  }

  @Test
  void noSecretIsInAnErrorOrInTheSettingsText() {
    Settings settings =
        read(
            Map.of(
                "captcha.secret", "a-secret-of-some-length",
                "captcha.secret.previous", "an-older-secret-of-length, another-one-of-length",
                "captcha.session.redis.uri", "redis://u:pass1word@h",
                "captcha.session.jdbc.url", "jdbc:h2:mem:pass2word",
                "captcha.session.jdbc.password", "pass3word"));

    assertThat(settings.previousSecrets()).hasSize(2);
    assertThat(settings.toString()).doesNotContain("-of-", "1word", "2word", "3word");
    assertThat(refused(Map.of("captcha.session.redis.uri", "http://u:pass1word@h")).getMessage())
        .doesNotContain("pass1word");
  }

  @Test
  void aValueMayStandForAnotherProperty() {
    Settings settings =
        read(Map.of("captcha.session.jdbc.password", "${db.password}", "db.password", "tiger"));

    assertThat(settings.session().jdbc().password()).isEqualTo(new Hidden("tiger"));
    assertThat(refused(Map.of("captcha.node", "${captcha.node}")).errors())
        .singleElement()
        .asString()
        .contains("refers to itself");
  }

  @Test
  void controlCharactersInAValueDoNotBreakTheErrorsLine() {
    assertThat(refused(Map.of("captcha.length", "5\n2026 ERROR fake")).getMessage())
        .doesNotContain("\n");
  }

  @Test
  void filesComeInOrderAndAMissingOneThatWasNamedIsAnError(@TempDir Path folder) throws Exception {
    Path named = Files.writeString(folder.resolve("named.properties"), "captcha.length=7\n");
    Path other =
        Files.writeString(
            folder.resolve("captcha.properties"), "captcha.length=8\ncaptcha.max-open=2\n");
    ConfigurableEnvironment environment = environmentOf(Map.of("captcha.config", named.toString()));
    SettingsFiles.addConfigured(environment);
    SettingsFiles.addIfPresent(environment, other);

    Settings settings = SettingsReader.read(environment);

    assertThat(settings.challenge().length()).isEqualTo(7);
    assertThat(settings.challenge().maxOpen()).isEqualTo(2);
  }

  @Test
  void aNamedFileThatIsNotThereIsToldWithAllOtherErrors(@TempDir Path folder) {
    ConfigurableEnvironment environment =
        environmentOf(Map.of("captcha.config", folder + "/none.properties", "captcha.length", 99));
    SettingsFiles.addConfigured(environment);

    assertThat(refused(environment).errors())
        .hasSize(2)
        .anySatisfy(e -> assertThat(e).contains("none.properties', which is not there"))
        .anySatisfy(e -> assertThat(e).startsWith("captcha.length is '99'"));
  }

  @Test
  void aStoreTellsItsOwnErrorsWithAllOthers() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                SettingsReader.read(
                    environmentOf(Map.of("captcha.length", 99)),
                    session -> List.of("the address is wrong")));

    assertThat(refused.errors()).hasSize(2).contains("the address is wrong");
  }

  @Test
  void aFileWithAMalformedEscapeIsAClearError(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("captcha.properties"), "captcha.node=\\u00zz\n");

    ConfigurableEnvironment environment = environmentOf(Map.of());
    SettingsFiles.addIfPresent(environment, file);

    assertThat(refused(environment)).hasMessageContaining("malformed");
  }

  private static Settings read(Map<String, Object> properties) {
    return SettingsReader.read(environmentOf(properties));
  }

  private static SettingsException refused(Map<String, Object> properties) {
    return refused(environmentOf(properties));
  }

  private static SettingsException refused(ConfigurableEnvironment environment) {
    return catchThrowableOfType(SettingsException.class, () -> SettingsReader.read(environment));
  }

  private static ConfigurableEnvironment environmentOf(Map<String, Object> properties) {
    ConfigurableEnvironment environment = empty();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    return environment;
  }

  private static ConfigurableEnvironment environment(Map<String, Object> variables) {
    ConfigurableEnvironment environment = empty();
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("environment", variables));
    return environment;
  }

  private static ConfigurableEnvironment empty() {
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(s -> environment.getPropertySources().remove(s.getName()));
    return environment;
  }
}
