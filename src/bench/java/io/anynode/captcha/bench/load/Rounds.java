package io.anynode.captcha.bench.load;

import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.processor.Processor;
import io.hyperfoil.api.session.Session;
import io.hyperfoil.core.handlers.DefragProcessor;
import io.hyperfoil.function.SerializableBiConsumer;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.api.HttpRequestWriter;
import io.hyperfoil.http.api.StatusHandler;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.steps.HttpStepCatalog;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A round, as Hyperfoil runs it: the page, its picture, and the right answer, by a new visitor with
 * a browser's cookies. Whatever is not as it should be makes the request invalid.
 */
final class Rounds {

  /** As many as there are visitors at a time; more wait, and their waiting counts. */
  private static final int CONNECTIONS = 64;

  private static final int MOST_VISITORS = 2000;
  private static final String PAGE = "/login";

  private Rounds() {}

  static Benchmark of(Load load, Visits visits) {
    BenchmarkBuilder benchmark = BenchmarkBuilder.builder().name("rounds").threads(1);
    HttpPluginBuilder http = benchmark.addPlugin(HttpPluginBuilder::new);
    load.ports()
        .forEach(
            port ->
                http.http("http://127.0.0.1:" + port).sharedConnections(CONNECTIONS).endHttp());
    PhaseBuilder<?> phase =
        load.rate() > 0
            ? benchmark
                .addPhase("open")
                .constantRate(0)
                .usersPerSec(load.rate())
                .maxSessions(MOST_VISITORS)
            : benchmark.addPhase("closed").always(load.users());
    long duration = TimeUnit.SECONDS.toMillis(load.warmUpSeconds() + load.seconds() + 1L);
    phase.duration(duration).maxDuration(duration + TimeUnit.SECONDS.toMillis(20));
    SerializableBiConsumer<Session, HttpRequestWriter> address =
        (session, request) ->
            request.putHeader("X-Forwarded-For", visits.address(visit(visits, session)));
    phase
        .scenario()
        .initialSequence("round")
        .step(
            session -> {
              visits.come(visits.of(session.uniqueId()));
              return true;
            })
        .step(HttpStepCatalog.SC)
        .httpRequest(HttpMethod.GET)
        .authority(session -> visits.worker(visit(visits, session)))
        .path(PAGE)
        .headerAppender(address)
        .metric("page")
        .handler()
        .status(only(visits, 200))
        .body(whole -> DefragProcessor.of(new PageReader(visits), whole))
        .endHandler()
        .endStep()
        .step(HttpStepCatalog.SC)
        .httpRequest(HttpMethod.GET)
        .authority(session -> visits.worker(visit(visits, session)))
        .path(session -> visit(visits, session).picture())
        .headerAppender(address)
        .metric("picture")
        .handler()
        .status(only(visits, 200))
        .body(
            whole ->
                (session, data, offset, length, last) -> {
                  Visits.Visit visit = visit(visits, session);
                  visit.seePicture(length);
                  if (last && !visit.sawPicture()) {
                    visits.failed();
                    session.currentRequest().markInvalid();
                  }
                })
        .endHandler()
        .endStep()
        .step(HttpStepCatalog.SC)
        .httpRequest(HttpMethod.POST)
        .authority(session -> visits.worker(visit(visits, session)))
        .path(PAGE)
        .headerAppender(address)
        .headers()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .endHeaders()
        .body(
            (session, connection) -> {
              String id = visit(visits, session).id();
              String body = id.isEmpty() ? load.answer() : load.answer() + "&captcha-id=" + id;
              var buffer = connection.context().alloc().buffer(body.length());
              buffer.writeCharSequence(body, StandardCharsets.US_ASCII);
              return buffer;
            })
        .metric("answer")
        .handler()
        .status(only(visits, 204))
        .endHandler()
        .endStep()
        .step(
            session -> {
              visits.accepted(visit(visits, session));
              return true;
            });
    return benchmark.build();
  }

  private static Visits.Visit visit(Visits visits, Session session) {
    return visits.of(session.uniqueId());
  }

  private static StatusHandler only(Visits visits, int status) {
    return (request, found) -> {
      if (found != status) {
        visits.failed();
        request.markInvalid();
      }
    };
  }

  /** Finds the picture and the id in a whole page. */
  private record PageReader(Visits visits) implements Processor {

    @Override
    public void process(
        Session session, io.netty.buffer.ByteBuf data, int offset, int length, boolean last) {
      Page page = Page.read(data.toString(offset, length, StandardCharsets.US_ASCII));
      if (page == null) {
        visits.failed();
        session.currentRequest().markInvalid();
      } else {
        visit(visits, session).page(page);
      }
    }
  }
}
