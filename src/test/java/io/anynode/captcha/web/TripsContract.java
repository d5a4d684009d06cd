package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.Counters;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How often a request asks a store, by the account of the server below it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TripsContract {

  private final Settings settings;
  private final SessionStore store;
  private final Node issuer;
  private final Node verifier;
  final Browser browser = new Browser();

  /** What each request asks, and no more: names of commands, or the first word of statements. */
  record Expected(
      List<String> challenge,
      List<String> picture,
      List<String> load,
      List<String> claim,
      List<String> save,
      List<String> count) {}

  TripsContract(String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("protect.login.path=/login");
    all.add("protect.account.path=/account/*");
    this.settings = Node.settings(all.toArray(String[]::new)).in("");
    this.store = open();
    this.issuer = Node.start(settings, open(), Clock.systemUTC(), TripsContract::install);
    this.verifier = Node.start(settings, open(), Clock.systemUTC(), TripsContract::install);
  }

  /** What is asked while this runs. */
  abstract List<String> trips(Runnable request);

  abstract Expected expected();

  final SessionStore open() {
    return SessionStores.open(settings.session(), Path.of("unused"), getClass().getClassLoader());
  }

  private static void install(Context context) {
    Application.install(context);
    Application.servlet(
        context,
        "/account/write",
        (request, response) -> request.getSession().setAttribute("user", "someone"));
    Application.servlet(
        context,
        "/account/redirect",
        (request, response) -> response.sendRedirect(request.getSession().getId() + "/welcome"));
    Application.servlet(
        context,
        "/read",
        (request, response) -> response.getWriter().print(request.getSession(false) != null));
  }

  @BeforeEach
  void warmUp() {
    // The secret and the scripts' texts are asked for once in a node's life.
    browser.cookies().clear();
    answered("/account/write", challenge());
    browser.cookies().clear();
  }

  @AfterAll
  void stop() {
    issuer.close();
    verifier.close();
    store.close();
  }

  @Test
  void aChallengeInANewSessionIsOneTrip() {
    assertThat(trips(() -> issued(browser))).isEqualTo(expected().challenge());
  }

  @Test
  void aPictureIsOneTripAndNoWrite() {
    String id = issued(browser);

    assertThat(trips(() -> browser.bytes(verifier, "/captcha/" + id + ".png")))
        .isEqualTo(expected().picture());
  }

  @Test
  void anAnswerIsOneClaim() {
    Challenge challenge = challenge();

    assertThat(trips(() -> answered("/login", challenge))).isEqualTo(expected().claim());
  }

  @Test
  void anAnswerToAUsedChallengeIsOneLoadMore() {
    Challenge challenge = challenge();
    answered("/login", challenge);

    assertThat(trips(() -> refused("/login", challenge)))
        .isEqualTo(together(expected().claim(), expected().load()));
  }

  @Test
  void anAnswerAfterWhichTheApplicationWritesIsOneSaveMore() {
    Challenge challenge = challenge();

    assertThat(trips(() -> answered("/account/write", challenge)))
        .isEqualTo(together(together(expected().claim(), expected().load()), expected().save()));
  }

  @Test
  void addingToACountIsOneTripWhereTheStoreCanAnswerWithWhatItChanged() {
    Counters counters = store.counters();
    Duration window = Duration.ofMinutes(1);
    long before = counters.add("trips", 1, window).total();
    AtomicLong after = new AtomicLong();

    assertThat(trips(() -> after.set(counters.add("trips", 2, window).total())))
        .isEqualTo(expected().count());
    assertThat(after).hasValue(before + 2);
  }

  @Test
  void aRedirectAfterAnAnswerLooksNothingUpAgain() {
    Challenge challenge = challenge();

    assertThat(trips(() -> answered("/account/redirect", challenge)))
        .isEqualTo(together(expected().claim(), expected().load()));
  }

  @Test
  void aPageWithoutASessionAsksNothing() {
    assertThat(trips(() -> browser.get(verifier, "/plain"))).isEmpty();
  }

  @Test
  void aPageThatLeavesItsSessionAloneAsksNothing() {
    issued(browser);

    assertThat(trips(() -> browser.get(verifier, "/plain"))).isEmpty();
  }

  @Test
  void aPageThatReadsItsSessionIsOneLoad() {
    issued(browser);

    assertThat(trips(() -> browser.get(verifier, "/read"))).isEqualTo(expected().load());
  }

  String issued(Browser visitor) {
    try {
      return new ObjectMapper()
          .readTree(visitor.post(issuer, "/captcha/challenges").body())
          .get("id")
          .asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private record Challenge(String id, String answer) {}

  private Challenge challenge() {
    String id = issued(browser);
    return new Challenge(id, Peek.answer(store, browser.sessionId(), id));
  }

  private void refused(String path, Challenge challenge) {
    assertThat(answer(path, challenge).headers().firstValue("Captcha-Verdict")).contains("USED");
  }

  private HttpResponse<String> answer(String path, Challenge challenge) {
    return browser.post(
        verifier, path, "captcha-id", challenge.id(), "captcha-answer", challenge.answer());
  }

  private void answered(String path, Challenge challenge) {
    HttpResponse<String> response = answer(path, challenge);
    assertThat(response.headers().firstValue("Captcha-Verdict")).isEmpty();
    assertThat(response.statusCode()).isLessThan(400);
  }

  private static List<String> together(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }
}
