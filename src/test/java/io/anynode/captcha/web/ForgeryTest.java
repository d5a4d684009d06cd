package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.Captcha;
import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Question;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.session.Session;

/** Sessions that are planted, and challenges that come from elsewhere. */
@TestInstance(Lifecycle.PER_CLASS)
class ForgeryTest {

  private final SharedMemory memory = new SharedMemory();
  private final Settings settings = Node.settings("protect.login.path=/login").in("");
  private final SessionStore store = memory.open(settings.session());
  private final Browser browser = new Browser();
  private Node node;

  @BeforeAll
  void start() {
    node =
        Node.start(
            settings, memory.open(settings.session()), Clock.systemUTC(), Application::install);
  }

  @AfterAll
  void stop() {
    node.close();
    store.close();
  }

  @Test
  void aPlantedIdThatNoSessionHasIsNotTaken() {
    String planted = SessionIds.of(settings.session().cookie()).generate();
    browser.cookie("SESSION", base64(planted));

    assertThat(browser.get(node, "/session").body()).isNotEqualTo(planted);
    assertThat(browser.sessionId()).isNotEqualTo(planted);
    assertThat((Object) store.sessions().findById(planted)).isNull();
  }

  @Test
  void aSessionsIdInTheUrlIsNotTakenThoughThereIsSuchASession() {
    browser.get(node, "/session");
    String attackers = browser.sessionId();
    String cookie = base64(attackers);
    for (String url :
        List.of(
            "/session;jsessionid=" + attackers,
            "/session;SESSION=" + cookie,
            "/session?SESSION=" + cookie + "&jsessionid=" + attackers)) {
      assertThat(new Browser().get(node, url).body()).as(url).isNotEqualTo(attackers);
    }
  }

  @Test
  void aChallengeCopiedFromAnotherSessionCountsForNothing() throws IOException {
    String id = issue(browser);
    String name = Captcha.ATTRIBUTE + id;
    Session from = Peek.session(store, browser.sessionId());
    String sealed = from.getRequiredAttribute(name);
    String answer = Peek.answer(store, browser.sessionId(), id);
    Browser thief = new Browser();
    do {
      thief.cookies().clear(); // the mark knows sessions by the millisecond of their beginning
      thief.get(node, "/session");
    } while (created(thief).equals(from.getCreationTime()));

    Peek.overwrite(store, thief.sessionId(), name, sealed);

    assertThat(verdict(thief, id, answer)).isEqualTo("MISSING");
  }

  @Test
  void aChallengeOfAnotherInstallationPastedIntoTheStoreCountsForNothing() {
    Browser forger = new Browser();
    forger.get(node, "/session");
    Seal others = new Seal(List.of("the secret of another"), new SecureRandom());
    ChallengeId id = others.mint(created(forger), Instant.now().plus(Duration.ofMinutes(5)));
    Challenge known =
        new Challenge(new Question("7", new Answer("7", false)), others.seed(id), "", id.expires());
    Peek.overwrite(
        store, forger.sessionId(), Captcha.ATTRIBUTE + id.text(), others.seal(id, known));

    assertThat(forger.bytes(node, "/captcha/" + id.text() + ".png").statusCode()).isEqualTo(404);
    assertThat(verdict(forger, id.text(), "7")).isEqualTo("MISSING");
  }

  private Instant created(Browser visitor) {
    return Peek.session(store, visitor.sessionId()).getCreationTime();
  }

  private String issue(Browser visitor) throws IOException {
    HttpResponse<String> issued =
        visitor.send(visitor.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    return new ObjectMapper().readTree(issued.body()).get("id").asText();
  }

  private String verdict(Browser visitor, String id, String answer) {
    return visitor
        .post(node, "/login", "captcha-id", id, "captcha-answer", answer)
        .headers()
        .firstValue("Captcha-Verdict")
        .orElse("none");
  }

  private static String base64(String id) {
    return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }
}
