package io.anynode.captcha.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.SettingsReader;
import io.anynode.captcha.web.Peek;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What a cluster of real processes does over any store that nodes share: a challenge that one
 * worker issued is checked by every other, once.
 *
 * <p>The test reads the right answer out of the store, which it can because it knows the secret.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterContract {

  private static final int WORKERS = 4;
  private static final int DOUBLE_SUBMITS = 12;
  private static final int ROUNDS = 25;

  private RunningCluster cluster;
  private SessionStore store;

  /** The settings that name the store, by key. */
  abstract Map<String, String> settings() throws Exception;

  @BeforeAll
  void start() throws Exception {
    Map<String, Object> settings = new TreeMap<>(settings());
    settings.put("captcha.secret", Peek.SECRET);
    // All visitors come from one address, some at once.
    settings.put("captcha.rate.issue", "off");
    settings.put("captcha.rate.failure", "off");
    RunningCluster.Plan plan = RunningCluster.with("--workers", Integer.toString(WORKERS));
    settings.forEach((key, value) -> plan.property(key, value.toString()));
    cluster = plan.start();
    store = open(settings);
  }

  @AfterAll
  void stop() {
    if (store != null) {
      store.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void pagePictureAndFormAreAnsweredByThreeWorkersAndTheLoginSucceeds() {
    Visitor visitor = new Visitor();

    Page page = visitor.login(cluster.url());
    Answer picture = visitor.get(cluster.url().resolve(page.picture()));
    Answer form = visitor.post(cluster.url(), page.id(), answer(visitor, page));

    assertThat(picture.status()).isEqualTo(200);
    assertThat(picture.header("Content-Type")).isEqualTo("image/png");
    assertThat(form.status()).isEqualTo(303);
    assertThat(form.header("Location")).endsWith("/welcome.jsp");
    Answer welcome = visitor.get(cluster.url().resolve("/welcome.jsp"));
    assertThat(welcome.status()).isEqualTo(200);
    assertThat(Set.of(page.servedBy(), picture.servedBy(), form.servedBy())).hasSize(3);
    assertThat(welcome.text()).contains(page.servedBy(), picture.servedBy(), form.servedBy());
  }

  @Test
  void everyWorkerShowsAndVerifiesWhatEveryOtherIssued() {
    for (RunningCluster.Worker issuer : cluster.workers()) {
      for (RunningCluster.Worker verifier : cluster.workers()) {
        if (issuer.equals(verifier)) {
          continue;
        }
        Visitor visitor = new Visitor();
        Page page = visitor.login(issuer.url());
        Answer there = visitor.get(issuer.url().resolve(page.picture()));
        Answer here = visitor.get(verifier.url().resolve(page.picture()));
        Answer form = visitor.post(verifier.url(), page.id(), answer(visitor, page));

        assertThat(page.servedBy()).isEqualTo(issuer.name()).isNotEqualTo(form.servedBy());
        assertThat(form.servedBy()).isEqualTo(verifier.name());
        assertThat(here.body()).isEqualTo(there.body());
        assertThat(form.status()).as("%s, then %s", issuer, verifier).isEqualTo(303);
      }
    }
  }

  @Test
  void ofManyWhoSendOneAnswerToAllWorkersAtOnceExactlyOneGetsThrough() throws Exception {
    List<RunningCluster.Worker> workers = cluster.workers();
    ExecutorService threads = Executors.newFixedThreadPool(DOUBLE_SUBMITS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Visitor visitor = new Visitor();
        Page page = visitor.login(cluster.url());
        String answer = answer(visitor, page);
        CyclicBarrier together = new CyclicBarrier(DOUBLE_SUBMITS);
        List<Callable<Answer>> posts = new ArrayList<>();
        for (int i = 0; i < DOUBLE_SUBMITS; i++) {
          URI worker = workers.get(i % workers.size()).url();
          Visitor twin = visitor.copy();
          posts.add(
              () -> {
                together.await();
                return twin.post(worker, page.id(), answer);
              });
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Answer> post : threads.invokeAll(posts)) {
          statuses.add(post.get().status());
        }
        assertThat(statuses).as("round %d", round).containsOnly(303, 422).containsOnlyOnce(303);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aWrongAnswerComesBackToThePageWithAMessageAndAFreshPicture() {
    Visitor visitor = new Visitor();
    Page page = visitor.login(cluster.url());

    Answer wrong = visitor.post(cluster.url(), page.id(), "wrong");

    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.header("Captcha-Verdict")).isEqualTo("WRONG");
    assertThat(wrong.text()).contains("role=\"alert\"");
    Page fresh = Visitor.page(wrong);
    assertThat(fresh.id()).isNotEqualTo(page.id());
    assertThat(visitor.get(cluster.url().resolve(fresh.picture())).status()).isEqualTo(200);
    assertThat(visitor.post(cluster.url(), fresh.id(), answer(visitor, fresh)).status())
        .isEqualTo(303);
  }

  @Test
  void aReplayIsUsedOnEveryWorker() {
    Visitor visitor = new Visitor();
    Page page = visitor.login(cluster.url());
    String answer = answer(visitor, page);
    assertThat(visitor.post(cluster.url(), page.id(), answer).status()).isEqualTo(303);

    for (RunningCluster.Worker worker : cluster.workers()) {
      Answer replay = visitor.post(worker.url(), page.id(), answer);
      assertThat(replay.status()).isEqualTo(422);
      assertThat(replay.header("Captcha-Verdict")).isEqualTo("USED");
    }
  }

  @Test
  void twoTabsDoNotHurtEachOther() {
    Visitor visitor = new Visitor();
    Page first = visitor.login(cluster.url());
    Page second = visitor.login(cluster.url());
    String firstAnswer = answer(visitor, first);

    assertThat(visitor.post(cluster.url(), second.id(), "wrong").status()).isEqualTo(422);
    assertThat(visitor.post(cluster.url(), first.id(), firstAnswer).status()).isEqualTo(303);
  }

  @Test
  void aPageThatKnowsNoIdsShowsAPictureAndSendsTheAnswerAlone() {
    Visitor visitor = new Visitor();
    Answer picture = visitor.get(cluster.url().resolve("/captcha/image"));
    assertThat(picture.status()).isEqualTo(200);
    String answer = Peek.answerOfImage(store, visitor.sessionId());
    Map<String, String> form =
        Map.of("username", "demo", "password", "demo", "captcha-answer", answer);

    Answer passed = visitor.post(cluster.url().resolve("/login"), form);

    assertThat(passed.status()).isEqualTo(303);
    assertThat(passed.servedBy()).isNotEqualTo(picture.servedBy());
    assertThat(visitor.post(cluster.url().resolve("/login"), form).status()).isEqualTo(422);
  }

  @Test
  void theSessionHasANewIdAfterALoginAndTheOldOneIsNobody() {
    Visitor visitor = new Visitor();
    Page page = visitor.login(cluster.url());
    String answer = answer(visitor, page);
    Visitor withOldCookie = visitor.copy();
    assertThat(visitor.post(cluster.url(), page.id(), answer).status()).isEqualTo(303);

    assertThat(visitor.sessionId()).isNotEqualTo(withOldCookie.sessionId());
    for (RunningCluster.Worker worker : cluster.workers()) {
      URI welcome = worker.url().resolve("/welcome.jsp");
      assertThat(visitor.get(welcome).status()).isEqualTo(200);
      assertThat(withOldCookie.copy().get(welcome).status()).isEqualTo(302);
    }
  }

  @Test
  void aChallengeOutlivesTheWorkerThatIssuedIt() {
    RunningCluster.Worker issuer = cluster.worker("worker-2");
    Visitor visitor = new Visitor();
    Page page = visitor.login(issuer.url());
    String answer = answer(visitor, page);

    cluster.kill(issuer.name());
    Answer picture = visitor.get(cluster.url().resolve(page.picture()));
    Answer form = visitor.post(cluster.worker("worker-3").url(), page.id(), answer);

    assertThat(picture.status()).isEqualTo(200);
    assertThat(form.status()).isEqualTo(303);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> cluster.worker(issuer.name()).pid() != issuer.pid());
  }

  @Test
  void requestsAreSpreadEvenlyOverAllWorkers() {
    Set<String> names =
        cluster.workers().stream().map(RunningCluster.Worker::name).collect(Collectors.toSet());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              Set<String> answered = new HashSet<>();
              for (int i = 0; i < WORKERS; i++) {
                answered.add(
                    new Visitor().get(cluster.url().resolve("/captcha/health")).servedBy());
              }
              return answered.equals(names);
            });
  }

  private String answer(Visitor visitor, Page page) {
    return Peek.answer(store, visitor.sessionId(), page.id());
  }

  private static SessionStore open(Map<String, Object> settings) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
    return SessionStores.open(
        SettingsReader.read(environment).session(),
        Path.of("target"),
        ClusterContract.class.getClassLoader());
  }
}
