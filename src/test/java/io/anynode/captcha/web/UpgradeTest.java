package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.Captcha;
import io.anynode.captcha.challenge.Answer;
import io.anynode.captcha.challenge.Challenge;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Question;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.Work;
import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes of two versions, or with two secrets, side by side over one store. */
class UpgradeTest {

  private final SharedMemory memory = new SharedMemory();
  private final SessionStore store = memory.open(Node.settings().session());
  private final Browser browser = new Browser();

  @AfterEach
  void close() {
    store.close();
  }

  private Node node(String... secrets) {
    String[] properties = new String[secrets.length + 1];
    System.arraycopy(secrets, 0, properties, 0, secrets.length);
    properties[secrets.length] = "protect.login.path=/login";
    Settings settings = Node.settings(properties);
    return Node.start(
        settings, memory.open(settings.session()), Clock.systemUTC(), Application::install);
  }

  @Test
  void aChallengeOfALaterVersionIsMissingHereAndStaysForTheNodesThatKnowIt() throws IOException {
    try (Node node = node()) {
      String id = issue(node);
      String name = Captcha.ATTRIBUTE + id;
      String answer = Peek.answer(store, browser.sessionId(), id);
      String sealed = Peek.session(store, browser.sessionId()).getRequiredAttribute(name);
      String later = "3." + sealed.substring(2);
      Peek.overwrite(store, browser.sessionId(), name, later);

      assertThat(browser.bytes(node, "/captcha/" + id + ".png").statusCode()).isEqualTo(404);
      assertThat(answer(node, id, answer)).isEqualTo("MISSING");
      assertThat(Peek.session(store, browser.sessionId()).<String>getAttribute(name))
          .as("not claimed by a node that cannot verify it")
          .isEqualTo(later);

      Peek.overwrite(store, browser.sessionId(), name, sealed); // as the later version's nodes see
      assertThat(answer(node, id, answer)).isEqualTo("let through");
    }
  }

  @Test
  void whatVersion01SealedAndWroteIsRead() throws IOException {
    Properties forms = new Properties();
    try (var in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/io/anynode/captcha/upgrade/forms-0.1.properties"))) {
      forms.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    Seal seal = new Seal(List.of("a new secret", "a secret of version 0.1"), new SecureRandom());
    ChallengeId id = new ChallengeId(forms.getProperty("id"));

    assertThat(seal.open(id, forms.getProperty("sealed")))
        .isEqualTo(
            new Challenge(
                new Question("K7QP3", new Answer("K7QP3", false)),
                42,
                "login",
                Instant.parse("2099-01-01T00:00:00Z")));
    assertThat(seal.issued(id, Instant.parse("2026-11-25T16:00:00Z"))).isTrue();
    ChallengeId second = new ChallengeId(forms.getProperty("second.id"));
    assertThat(seal.open(second, forms.getProperty("second.sealed")))
        .isEqualTo(
            new Challenge(
                new Question("K7QP3", new Answer("K7QP3", false)),
                Long.parseLong(forms.getProperty("second.seed")),
                "login",
                Instant.parse("2099-01-01T00:00:00Z"),
                NodeMark.of("node-a"),
                new Work(1234567, 1000)));

    AttributeCodec codec = new AttributeCodec(getClass().getClassLoader(), null);
    Map<String, Object> values =
        Map.of(
            "String",
            "漢字 text",
            "Integer",
            42,
            "Long",
            -7L,
            "ArrayList",
            List.of("a", 1),
            "LocalDate",
            LocalDate.of(2026, 11, 25));
    values.forEach(
        (name, value) ->
            assertThat(codec.read(HexFormat.of().parseHex(forms.getProperty("codec." + name))))
                .isEqualTo(value));
  }

  @Test
  void inEachStepOfASecretsExchangeEveryNodeVerifiesWhatEveryOtherIssued() throws IOException {
    String[] before = {"secret=the secret of before"};
    String[] known = {"secret=the secret of before", "secret.previous=the secret of after"};
    String[] sealing = {"secret=the secret of after", "secret.previous=the secret of before"};
    String[] after = {"secret=the secret of after"};
    assertEachVerifiesTheOther(before, known);
    assertEachVerifiesTheOther(known, sealing);
    assertEachVerifiesTheOther(sealing, after);
  }

  @Test
  void aSecretExchangedWithoutTheStepBetweenLosesOpenChallengesAndLetsNoneIn() throws IOException {
    try (Node one = node("secret=the secret of before");
        Node two = node("secret=the secret of after")) {
      String id = issue(one);
      assertThat(answer(two, id, right(id, "the secret of before"))).isEqualTo("MISSING");
    }
  }

  private void assertEachVerifiesTheOther(String[] one, String[] two) throws IOException {
    try (Node a = node(one);
        Node b = node(two)) {
      for (Node[] way : new Node[][] {{a, b}, {b, a}, {a, a}, {b, b}}) {
        Node issuer = way[0];
        String id = issue(issuer);
        String secret = Objects.requireNonNull(issuer.settings.secret()).value();
        String answer = right(id, secret);
        assertThat(browser.bytes(way[1], "/captcha/" + id + ".png").statusCode()).isEqualTo(200);
        assertThat(answer(way[1], id, answer)).isEqualTo("let through");
        assertThat(answer(issuer, id, answer)).isEqualTo("USED");
      }
    }
  }

  private String right(String id, String secret) {
    String sealed =
        Peek.session(store, browser.sessionId()).getRequiredAttribute(Captcha.ATTRIBUTE + id);
    Challenge challenge =
        new Seal(List.of(secret), new SecureRandom()).open(new ChallengeId(id), sealed);
    return Objects.requireNonNull(challenge).question().answer().text();
  }

  private String issue(Node node) throws IOException {
    HttpResponse<String> issued =
        browser.send(browser.request(node, "/captcha/challenges").POST(BodyPublishers.noBody()));
    return new ObjectMapper().readTree(issued.body()).get("id").asText();
  }

  /** The verdict, or that it was let through. */
  private String answer(Node node, String id, String answer) {
    HttpResponse<String> response =
        browser.post(node, "/login", "captcha-id", id, "captcha-answer", answer);
    return response
        .headers()
        .firstValue("Captcha-Verdict")
        .orElse(response.body().startsWith(Application.LET_THROUGH) ? "let through" : "nothing");
  }
}
