package io.anynode.captcha.session.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.Hidden;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcSettingsTest {

  private static SessionSettings.Jdbc jdbc(String url, @Nullable String jndi) {
    return new SessionSettings.Jdbc(
        new Hidden(url), null, new Hidden("of-the-settings"), jndi, 2, Duration.ofMillis(300));
  }

  private static SessionStore open(String url) {
    return Nodes.open(TestSettings.withJdbc(TestSettings.session(StoreKind.JDBC), jdbc(url, null)));
  }

  @Test
  void aDatabaseThatIsNotSupportedIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> open("jdbc:oracle:thin:scott/tiger@//db/x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("captcha.session.jdbc.url")
        .hasMessageContaining("jdbc:postgresql:")
        .hasMessageNotContaining("tiger");
  }

  @Test
  void mySqlsDriverIsNotAmongWhatComesAlongAndThatIsTold() {
    assertThatThrownBy(() -> open("jdbc:mysql://db/x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.mysql.cj.jdbc.Driver")
        .hasMessageContaining("jdbc:mariadb:");
  }

  @Test
  void aUrlAndANameAreOneTooMany() {
    SessionSettings settings =
        TestSettings.withJdbc(
            TestSettings.session(StoreKind.JDBC), jdbc("jdbc:postgresql://db/x", "jdbc/x"));
    assertThatThrownBy(() -> Nodes.open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("captcha.session.jdbc.jndi");
  }

  /** H2 quotes the whole URL when it cannot read it. */
  @Test
  void aUrlThatCannotBeReadIsNotQuotedWithItsPassword() {
    try (SessionStore node = open("jdbc:h2:mem:x;PASSWORD=in-the-url;nonsense")) {
      assertThatThrownBy(() -> node.sessions().createSession())
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("captcha.session.jdbc.url")
          .satisfies(JdbcSettingsTest::tellsNoPassword);
    }
  }

  private static void tellsNoPassword(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage()))
          .doesNotContain("in-the-url")
          .doesNotContain("of-the-settings");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/x?user=u&password=hush, hush",
    "jdbc:mariadb://db/x?trustStorePassword=hush&user=u, hush",
    "jdbc:h2:tcp://db/x;USER=u;PASSWORD=hush, hush",
    "jdbc:postgresql://u:hush@db/x, hush",
    "jdbc:postgresql://db/x, of-the-settings"
  })
  void whatQuotesAPasswordIsWithheld(String url, String password) {
    Secrets secrets = Secrets.of(jdbc(url, null), url);
    SQLException telling = new SQLException("x", new SQLException("in " + password + " of it"));

    assertThat(secrets.withheld(telling)).hasMessageContaining("quotes a secret").hasNoCause();
    SQLException harmless = new SQLException("no such database");
    assertThat(secrets.withheld(harmless)).isSameAs(harmless);
    assertThat(secrets).asString().doesNotContain(password);
  }

  @Test
  void aPortIsNoSecret() {
    String url = "jdbc:postgresql://db:5432/x";
    SQLException refused = new SQLException("Connection to db:5432 refused.");
    assertThat(Secrets.of(jdbc(url, null), url).withheld(refused)).isSameAs(refused);
  }

  @Test
  void thePoolLeavesTheLoginTimeoutOfTheWholeJvmAlone() {
    int before = DriverManager.getLoginTimeout();
    try (SessionStore node = open("jdbc:h2:mem:x")) {
      assertThat(node).isNotNull();
      assertThat(DriverManager.getLoginTimeout()).isEqualTo(before);
    }
  }
}
