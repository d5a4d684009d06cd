package io.anynode.captcha.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The settings of limits, proxies, and of when a captcha is needed. */
class WhenSettingsTest {

  private static Settings read(String... keysAndValues) {
    Map<String, Object> map = new HashMap<>(Map.of("captcha.protect.login.path", "/login"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put("captcha." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return SettingsReader.read(
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {
            sources.addLast(new MapPropertySource("test", map));
          }
        });
  }

  private static List<String> errors(String... keysAndValues) {
    return Objects.requireNonNull(
            catchThrowableOfType(SettingsException.class, () -> read(keysAndValues)))
        .errors();
  }

  @Test
  void aNetworkHasTenTimesAsMuchIfNothingElseIsSet() {
    Rates rates = read("rate.issue", "60/2m", "rate.failure", "off").rates();

    assertThat(rates.issue()).isEqualTo(new Rate(60, Duration.ofMinutes(2)));
    assertThat(rates.issueNetwork()).isEqualTo(new Rate(600, Duration.ofMinutes(2)));
    assertThat(rates.failure()).isNull();
    assertThat(rates.failureNetwork()).isNull();
    assertThat(read("rate.issue.network", "off").rates().issueNetwork()).isNull();
  }

  @Test
  void whatIsNoRateOrNetworkIsRefused() {
    for (String wrong :
        List.of("60", "60/", "0/1m", "-1/1m", "60/10ms", "60/25h", "x/1m", "1/2/3")) {
      assertThat(errors("rate.issue", wrong))
          .containsExactly(
              "captcha.rate.issue is '" + wrong + "'; allowed is " + Setting.RATE_ISSUE.allowed());
    }
    for (String wrong : List.of("10.0.0.1/8", "10.0.0.0/33", "host", "10.0.0.0/8,", "[::1]")) {
      assertThat(errors("trusted-proxies", wrong)).hasSize(1);
    }
    assertThat(read("trusted-proxies", "10.0.0.0/8, 2001:db8::/32,::1").rates().trustedProxies())
        .extracting(Network::toString)
        .containsExactly("10.0.0.0/8", "2001:db8:0:0:0:0:0:0/32", "0:0:0:0:0:0:0:1/128");
  }

  @Test
  void aGuardAsksAlwaysUnlessItIsToldWhen() {
    assertThat(read().guards().get(0).when()).isEqualTo(When.ALWAYS);
    assertThat(
            read(
                    "protect.login.when", "after-failures:5",
                    "protect.login.account", "mail",
                    "protect.login.forget", "1h",
                    "protect.login.failed", "status:401, redirect:/login?error, attribute:bad")
                .guards()
                .get(0)
                .when())
        .isEqualTo(
            new When(
                When.Mode.AFTER_FAILURES,
                5,
                "mail",
                Duration.ofHours(1),
                List.of(
                    new When.Status(401),
                    new When.Redirect("/login?error"),
                    new When.Attribute("bad"))));
  }

  @Test
  void withoutAWordOnFailedLoginsNoneCouldBeCounted() {
    assertThat(errors("protect.login.when", "suspicious"))
        .singleElement()
        .asString()
        .startsWith("captcha.protect.login.failed is not set");
    assertThat(errors("protect.login.when", "after-failures:0")).hasSize(1);
    assertThat(errors("protect.login.when", "never")).hasSize(1);
    assertThat(errors("protect.login.failed", "status:99")).hasSize(1);
    assertThat(errors("protect.login.failed", "redirect:https://x")).hasSize(1);
  }
}
