package io.anynode.captcha.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.settings.Guard;
import io.anynode.captcha.settings.SettingsException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Which requests are guarded, and which guards would be open doors. */
class GuardsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"/login,-", "/login/,-", "/login,/", "/login,/x", "'',/login", "'',/login/"})
  void whateverReachesTheSameServletIsGuarded(String servlet, @Nullable String rest)
      throws IOException {
    assertThat(guard("/login", null, request(servlet, rest))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"/login2", "/Login", "/account/login"})
  void anotherPathIsNot(String servlet) throws IOException {
    assertThat(guard("/login", null, request(servlet, null))).isNull();
  }

  @Test
  void aMultipartFormThatOnlyTheApplicationTakesApartIsGuardedWhateverIsInIt() throws IOException {
    Guard.WhenParameter register = new Guard.WhenParameter("action", "register");
    MockHttpServletRequest form =
        new MockHttpServletRequest() {
          @Override
          public java.util.Collection<jakarta.servlet.http.Part> getParts() {
            throw new IllegalStateException("no multi-part configuration");
          }
        };
    form.setMethod("POST");
    form.setServletPath("/do");
    form.setContentType("Multipart/form-data; boundary=x");

    assertThat(guard("/do", register, form)).isNotNull();
    assertThat(guard("/do", register, request("/do", null))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/login?again", "/login/"})
  void aGuardThatForwardsToAGuardedPathIsRefused(String target) {
    assertThatThrownBy(
            () -> Guards.checked(List.of(named("/login", null, new Guard.Forward(target)))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("The on-failure of 'a'")
        .hasMessageContaining("redirect:" + target);
  }

  private static @Nullable Guard guard(
      String path, Guard.@Nullable WhenParameter when, MockHttpServletRequest request)
      throws IOException {
    return new Guards(List.of(named(path, when, new Guard.Status(422))))
        .of(request, new Form(request, "UTF-8"));
  }

  private static Guard named(
      String path, Guard.@Nullable WhenParameter when, Guard.OnFailure onFailure) {
    return new Guard("a", path, Set.of("POST"), when, "", onFailure);
  }

  private static MockHttpServletRequest request(String servlet, @Nullable String rest) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setServletPath(servlet);
    request.setPathInfo(rest);
    return request;
  }
}
