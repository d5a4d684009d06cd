package io.anynode.captcha.web;

import io.anynode.captcha.Captcha;
import io.anynode.captcha.Telemetry;
import io.anynode.captcha.challenge.NodeMark;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.challenge.TextMaker;
import io.anynode.captcha.http.Languages;
import io.anynode.captcha.rate.Failures;
import io.anynode.captcha.rate.Limits;
import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.render.SimpleCaptchaPictures;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.session.Waiting;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Requests for challenges, without cookies, through the filters of two nodes over one Redis. */
final class Flood implements AutoCloseable {

  private static final int NODES = 2;

  private final RealRedis redis = RealRedis.start();
  private final List<SessionStore> stores = new ArrayList<>();
  private final List<Chain> nodes = new ArrayList<>();

  /** A node's filters, and the endpoint behind them. */
  private interface Chain {
    void answer(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /**
   * What a flood has left.
   *
   * @param issued how many requests were answered with a challenge
   * @param limited how many with 429
   * @param keys in Redis
   * @param bytes more in Redis than before
   * @param commands that Redis was sent
   * @param seconds that it took
   */
  record Left(int issued, int limited, long keys, long bytes, long commands, double seconds) {}

  Flood(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "session.store=redis",
                "session.redis.uri=" + redis.uri(),
                "session.redis.timeout=20s",
                "trusted-proxies=127.0.0.1"));
    all.addAll(List.of(settings));
    Settings set = Node.settings(all.toArray(new String[0]));
    for (int i = 0; i < NODES; i++) {
      SessionStore store =
          SessionStores.open(set.session(), Path.of("unused"), getClass().getClassLoader());
      stores.add(store);
      nodes.add(node(set, store, store.sessions()));
    }
  }

  private static <S extends Session> Chain node(
      Settings settings, SessionStore store, SessionRepository<S> sessions) {
    SecureRandom random = new SecureRandom();
    Seal seal = new Seal(List.of(Peek.SECRET), random);
    Limits limits =
        new Limits(settings.rates(), store.counters(), seal::name, System::nanoTime, limited -> {});
    Captcha.Rules rules =
        new Captcha.Rules(
            settings.challenge().ttl(),
            settings.session().timeout(),
            8,
            settings.testMode(),
            NodeMark.of(settings.node()));
    Captcha captcha =
        new Captcha(
            store,
            () -> seal,
            new TextMaker(5, false),
            new SimpleCaptchaPictures(200, 50),
            rules,
            limits,
            Clock.systemUTC(),
            random,
            Telemetry.NONE);
    Failures failures = new Failures(store.counters(), seal::name, limits);
    SessionFilter session = SessionFilter.over(sessions, settings, rules);
    StoreFaultFilter faults = new StoreFaultFilter(new Languages(Map.of(), null), Waiting.NONE);
    Endpoint endpoint = new ChallengesEndpoint(captcha, failures, settings);
    FilterChain end =
        (request, response) -> {
          try {
            endpoint.answer((HttpServletRequest) request, (HttpServletResponse) response);
          } catch (ProblemException e) {
            throw new ServletException(e);
          }
        };
    return (request, response) ->
        faults.doFilter(request, response, (r, s) -> session.doFilter(r, s, end));
  }

  /** Sends so many requests, from so many addresses by turns, to both nodes by turns. */
  Left send(int requests, int addresses) throws InterruptedException, ExecutionException {
    redis.ask("FLUSHALL");
    long bytes = memory("used_memory");
    long asked = statistic("total_commands_processed");
    long start = System.nanoTime();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger issued = new AtomicInteger();
    AtomicInteger limited = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      running.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                  int status = ask(n, n % addresses);
                  (status == 201 ? issued : limited).incrementAndGet();
                  if (status != 201 && status != 429) {
                    throw new IllegalStateException("status " + status);
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : running) {
      Object unused = one.get();
    }
    threads.shutdown();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Left(
        issued.get(),
        limited.get(),
        Long.parseLong(String.valueOf(redis.ask("DBSIZE"))),
        memory("used_memory") - bytes,
        statistic("total_commands_processed") - asked,
        seconds);
  }

  private int ask(int number, int client) throws IOException, ServletException {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/captcha/challenges");
    request.setRemoteAddr("127.0.0.1");
    request.addHeader(
        "X-Forwarded-For", "10.%d.%d.%d".formatted(client >> 16, client >> 8 & 255, client & 255));
    MockHttpServletResponse response = new MockHttpServletResponse();
    // Not by turns with the addresses, or each would meet one node only.
    nodes.get((number + number / 10_000) % NODES).answer(request, response);
    return response.getStatus();
  }

  private long memory(String field) {
    return field(String.valueOf(redis.ask("INFO memory")), field);
  }

  private long statistic(String field) {
    return field(String.valueOf(redis.ask("INFO stats")), field);
  }

  private static long field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    stores.forEach(SessionStore::close);
    redis.close();
  }
}
