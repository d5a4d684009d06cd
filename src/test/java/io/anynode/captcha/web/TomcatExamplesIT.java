package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Tomcat's own examples, whose protected pages have a FORM login, behind the valve. */
class TomcatExamplesIT {

  private static final String PAGES = "/jsp/security/protected/";
  private static final String LOGIN = PAGES + "j_security_check";
  private static final String VALVE =
      "<Valve className=\"io.anynode.captcha.tomcat.CaptchaValve\"/>";

  private final Browser browser = new Browser();
  private Path folder = Path.of("");

  @BeforeEach
  void inside(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Files.createDirectory(folder.resolve("sessions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.59", "11.0.24"})
  void aPictureOfOneTomcatIsAnsweredOnAnother(String version) throws IOException {
    Path examples = examples(version);
    try (RealTomcat a = RealTomcat.start(version, context(examples, VALVE), valve());
        RealTomcat b = RealTomcat.start(version, context(examples, VALVE), valve());
        SessionStore store = store()) {
      String id = id(browser.get(a.url(PAGES + "index.jsp")));
      assertThat(browser.get(b.url("/captcha/" + id + ".png")).statusCode()).isEqualTo(200);
      browser.get(b.url(PAGES + "index.jsp"));

      String answer = answer(store, id);
      HttpResponse<String> wrong = login(b, id, "wrong");
      assertThat(wrong.statusCode()).as(b.log()).isEqualTo(422);
      assertThat(wrong.headers().firstValue("Captcha-Verdict")).hasValue("WRONG");
      assertThat(wrong.body()).contains("j_username").contains("role=\"alert\"");
      assertRefused(login(b, id, answer), "USED");
      assertRefused(browser.get(b.url(LOGIN + "?j_username=tomcat&j_password=secret")), "MISSING");

      String next = id(browser.get(a.url(PAGES + "index.jsp")));
      a.kill();
      browser.get(b.url(PAGES + "index.jsp"));
      String nextAnswer = answer(store, next);
      HttpResponse<String> right = login(b, next, nextAnswer);
      assertThat(right.statusCode()).as(b.log()).isEqualTo(303);
      assertThat(browser.get(b.url(PAGES + "index.jsp")).body())
          .contains("You are logged in as remote user")
          .contains("tomcat");
      assertRefused(login(b, next, nextAnswer), "USED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.59", "11.0.24"})
  void withoutTheValveTomcatLogsInAndTheCaptchaSaysSoAtStart(String version) throws IOException {
    try (RealTomcat tomcat = RealTomcat.start(version, context(examples(version), ""))) {
      assertThat(tomcat.log()).contains("put CaptchaValve into");
      browser.get(tomcat.url(PAGES + "index.jsp"));
      assertThat(login(tomcat, "", "").statusCode()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.59", "11.0.24"})
  void aValveThatIsNotInTomcatsLibKeepsTheApplicationFromStarting(String version)
      throws IOException {
    try (RealTomcat tomcat = RealTomcat.start(version, context(examples(version), VALVE))) {
      assertThat(browser.get(tomcat.url(PAGES + "index.jsp")).statusCode()).isEqualTo(404);
    }
  }

  /** The examples with the captcha's tag in their login page, and nothing else. */
  private Path examples(String version) throws IOException {
    Path examples = folder.resolve("examples");
    FileSystemUtils.copyRecursively(
        Path.of("target/containers/apache-tomcat-" + version + "/webapps/examples"), examples);
    Path page = examples.resolve("jsp/security/protected/login.jsp");
    Files.writeString(
        page,
        "<%@ taglib prefix=\"captcha\" uri=\"urn:anynode:captcha\" %>"
            + Files.readString(page)
                .replace("</table>", "<tr><td colspan=\"2\"><captcha:widget/></td></tr></table>"));
    return examples;
  }

  /** The jars of the captcha are mounted into the application, which stays as it is. */
  private String context(Path examples, String valve) {
    return """
    <Context docBase="%s">
      %s
      <Parameter name="captcha.session.store" value="file"/>
      <Parameter name="captcha.session.file.dir" value="%s"/>
      <Parameter name="captcha.secret" value="%s"/>
      <Resources>
        <PostResources className="org.apache.catalina.webresources.DirResourceSet"
          base="%s" webAppMount="/WEB-INF/lib"/>
      </Resources>
    </Context>
    """
        .formatted(
            examples,
            valve,
            folder.resolve("sessions"),
            Peek.SECRET,
            Path.of("target/captcha/WEB-INF/lib").toAbsolutePath());
  }

  private static Path valve() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(file -> file.toString().endsWith("-valve.jar")).findFirst().orElseThrow();
    }
  }

  private SessionStore store() {
    Settings settings =
        Node.settings("session.store=file", "session.file.dir=" + folder.resolve("sessions"));
    return SessionStores.open(settings.session(), folder, TomcatExamplesIT.class.getClassLoader());
  }

  private String answer(SessionStore store, String id) {
    return Peek.answer(store, browser.sessionId(), id);
  }

  private HttpResponse<String> login(RealTomcat tomcat, String id, String answer) {
    return browser.send(
        browser
            .request(tomcat.url(LOGIN))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "j_username=tomcat&j_password=secret&captcha-id="
                        + id
                        + "&captcha-answer="
                        + answer)));
  }

  private static void assertRefused(HttpResponse<String> login, String verdict) {
    assertThat(login.statusCode()).isEqualTo(422);
    assertThat(login.headers().firstValue("Captcha-Verdict")).hasValue(verdict);
  }

  private static String id(HttpResponse<String> page) {
    Matcher matcher =
        Pattern.compile("name=\"captcha-id\" type=\"hidden\" value=\"([^\"]+)\"")
            .matcher(Objects.requireNonNull(page.body()));
    assertThat(matcher.find()).as(page.body()).isTrue();
    return matcher.group(1);
  }
}
