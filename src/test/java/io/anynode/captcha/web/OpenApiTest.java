package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.web.ApiDescription.Call;
import io.anynode.captcha.web.ApiDescription.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardWrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What openapi.json says is what the endpoints do. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiTest {

  /** What the description's examples have where a visitor has something of his own. */
  private static final String ID = "kR3vT0wq9yFh2LxB7nUeKc5mZpJdS8aGtViQoY1X";

  private static final String ANSWER = "KX7RM";
  private static final String TOKEN = "1.c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0";
  private static final String WORK = "eyJjaGFsbGVuZ2UiOnsicGFyYW1ldGVycyI6e30sInNvbHV0aW9uIjp7fX19";
  private static final String SECRET = "a long random text that both servers know";

  private static final String[] ALL = {
    "siteverify.secret=" + SECRET,
    "metrics=prometheus",
    "offer=picture,sound,work",
    "work.difficulty=5",
    "work.rise=1"
  };

  private final ObjectMapper mapper = new ObjectMapper();
  private final SharedMemory memory = new SharedMemory();
  private final SessionStore store = memory.open(Node.settings().session());
  private final ControlledStore controlled =
      new ControlledStore(memory.open(Node.settings().session()));
  private final List<Context> contexts = new ArrayList<>();
  private Node node;
  private ApiDescription description;

  @BeforeAll
  void start() {
    node = node(controlled, ALL);
    description = new ApiDescription(text(node, "/captcha"));
  }

  @AfterAll
  void stop() {
    node.close();
    store.close();
  }

  @Test
  void aParserForToolsReadsItWithoutComplaint() {
    String text = text(node, "/captcha");
    assertThat(new OpenAPIV3Parser().readContents(text).getMessages()).isEmpty();
    assertThat(new OpenAPIV3Parser().readContents(text.replace("\"responses\"", "\"answers\"")))
        .satisfies(broken -> assertThat(broken.getMessages()).isNotEmpty());
  }

  @Test
  void itHasEachRouteAndNoOther() {
    StandardWrapper wrapper =
        (StandardWrapper) contexts.get(0).findChild("io.anynode.captcha.endpoints");
    CaptchaServlet servlet = (CaptchaServlet) wrapper.getServlet();
    assertThat(description.operations().stream().map(Operation::path).collect(Collectors.toSet()))
        .isEqualTo(servlet.paths());
  }

  @Test
  void eachExampleOfAnAnswerFitsItsSchema() {
    description.checkExamples();
  }

  @Test
  void itHasTheNamesThatTheSettingsSay() throws IOException {
    try (Node other =
        node(
            "prefix=/check",
            "parameter.id=which",
            "parameter.answer=typed",
            "parameter.work=done",
            "session.cookie.name=VISIT")) {
      String text = text(other, "/check");
      JsonNode json = mapper.readTree(text);
      assertThat(text).doesNotContain("${");
      assertThat(json.at("/servers/0/url").asText()).isEqualTo("/check");
      assertThat(json.at("/components/securitySchemes/session/name").asText()).isEqualTo("VISIT");
      assertThat(json.at("/info/description").asText()).contains("`which` and `typed`", "`done`");
    }
  }

  /** Each example is sent, and each status that is described is met, and none beside. */
  @Test
  void theEndpointsAnswerAsItSays() throws IOException {
    Set<String> seen = new TreeSet<>();
    sendExamples(seen);
    sendOtherTypes(seen);
    askThroughAProxy(seen);
    askWithNothingSetUp(seen);
    askForTooMuch(seen);
    askWithTheStoreDown(seen);
    assertThat(seen).isEqualTo(description.documented());
  }

  private void sendExamples(Set<String> seen) throws IOException {
    for (Operation operation : description.operations()) {
      for (Call call : description.calls(operation)) {
        HttpResponse<byte[]> response = new Caller(node).call(call);
        assertThat(response.statusCode()).as(call.toString()).isIn(description.statusesOf(call));
        seen.add(description.check(operation, response));
      }
    }
  }

  private void sendOtherTypes(Set<String> seen) {
    for (Operation operation : description.operations()) {
      if (isDescribed(operation, 415)) {
        HttpResponse<byte[]> response = new Caller(node).post(operation.path(), "text/plain", "x");
        seen.add(description.check(operation, response));
      }
    }
  }

  private void askThroughAProxy(Set<String> seen) {
    for (Operation operation : description.operations()) {
      if (isDescribed(operation, 403)) {
        Caller caller = new Caller(node);
        seen.add(
            description.check(
                operation,
                caller.send(caller.request(operation.path()).header("Via", "1.1 proxy"))));
      }
    }
  }

  private void askWithNothingSetUp(Set<String> seen) throws IOException {
    try (Node picture = node("offer=picture");
        Node work = node("kind=work")) {
      for (Operation operation : description.operations()) {
        if (isDescribed(operation, 404) && !operation.path().startsWith("/{id}")) {
          Call call = description.calls(operation).get(0);
          List<HttpResponse<byte[]>> missing =
              Stream.of(picture, work)
                  .map(node -> new Caller(node).callAsItIs(call))
                  .filter(response -> response.statusCode() == 404)
                  .toList();
          assertThat(missing).as(call.toString()).isNotEmpty();
          seen.add(description.check(operation, missing.get(0)));
        }
      }
    }
  }

  private void askForTooMuch(Set<String> seen) throws IOException {
    Settings settings = Node.settings(with(ALL, "rate.issue=1/1h", "rate.failure=1/1h"));
    SessionStore apart = new SharedMemory().open(settings.session());
    try (Node strict = Node.start(settings, apart, Clock.systemUTC(), contexts::add)) {
      Caller caller = new Caller(strict);
      caller.post("/challenges", "application/json", "");
      caller.post("/answers", "application/json", "{\"answer\":\"no idea\"}");
      for (Operation operation : description.operations()) {
        if (isDescribed(operation, 429)) {
          Call call = description.calls(operation).get(0);
          HttpResponse<byte[]> response = caller.callAsItIs(call);
          assertThat(response.statusCode()).as(call.toString()).isEqualTo(429);
          seen.add(description.check(operation, response));
        }
      }
    }
  }

  private void askWithTheStoreDown(Set<String> seen) throws IOException {
    for (Operation operation : description.operations()) {
      if (isDescribed(operation, 503)) {
        Call call = description.calls(operation).get(0);
        Caller caller = new Caller(node);
        String prepared = caller.prepared(call);
        controlled.goDown();
        HttpResponse<byte[]> response = caller.sendPrepared(call, prepared);
        controlled.comeBack();
        assertThat(response.statusCode()).as(call.toString()).isEqualTo(503);
        seen.add(description.check(operation, response));
      }
    }
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  private static boolean isDescribed(Operation operation, int status) {
    return operation.json().get("responses").has(Integer.toString(status));
  }

  private Node node(String... properties) {
    return node(memory.open(Node.settings().session()), properties);
  }

  private Node node(SessionStore own, String... properties) {
    return Node.start(Node.settings(properties), own, Clock.systemUTC(), contexts::add);
  }

  private static String text(Node node, String prefix) {
    HttpResponse<String> response = new Browser().get(node, prefix + "/openapi.json");
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  /** A visitor who does what an example says. */
  private final class Caller {

    private final Browser browser = new Browser();
    private final Node asked;

    Caller(Node asked) {
      this.asked = asked;
    }

    /** Calls with what is this visitor's own in place of what the example has. */
    HttpResponse<byte[]> call(Call call) throws IOException {
      return sendPrepared(call, prepared(call));
    }

    HttpResponse<byte[]> callAsItIs(Call call) {
      return sendPrepared(call, call.values().toString());
    }

    String prepared(Call call) throws IOException {
      String values = call.values().toString();
      if (values.contains(WORK)) {
        return values.replace(WORK, done());
      }
      boolean needsToken = values.contains(TOKEN);
      if (needsToken || values.contains(ID)) {
        String[] own = visitorsOwn(needsToken);
        return values.replace(ID, own[0]).replace(ANSWER, own[1]).replace(TOKEN, own[2]);
      }
      return values;
    }

    /** The work of a challenge, done. */
    private String done() {
      HttpResponse<byte[]> challenge = send(request("/altcha.json?scope=login"));
      return Solver.solve(new String(challenge.body(), StandardCharsets.UTF_8));
    }

    /** A challenge's id and answer, and a token for another. */
    String[] visitorsOwn(boolean withToken) throws IOException {
      String token = "";
      if (withToken) {
        String[] first = visitorsOwn(false);
        String body =
            "{\"id\":\"%s\",\"answer\":\"%s\",\"scope\":\"login\"}".formatted(first[0], first[1]);
        token = text(post("/answers", "application/json", body), "token");
      }
      String id = text(post("/challenges", "application/json", "{\"scope\":\"login\"}"), "id");
      return new String[] {id, Peek.answer(store, browser.sessionId(), id), token};
    }

    HttpResponse<byte[]> sendPrepared(Call call, String values) {
      String path = call.operation().path();
      if (call.type() != null) {
        return post(path, call.type(), call.type().endsWith("json") ? values : form(values));
      }
      if (call.operation().method().equals("POST")) {
        return post(path, "application/json", "");
      }
      return send(withParameters(call.operation(), values));
    }

    private HttpRequest.Builder withParameters(Operation operation, String values) {
      String path = operation.path();
      JsonNode given = json(values);
      List<String> headers = new ArrayList<>();
      for (JsonNode parameter : description.parameters(operation)) {
        String name = parameter.get("name").asText();
        String value = given.path(name).asText();
        if (!given.has(name)) {
          continue;
        }
        switch (parameter.get("in").asText()) {
          case "path" -> path = path.replace("{" + name + "}", value);
          case "query" -> path += "?" + name + "=" + encoded(value);
          default -> headers.addAll(List.of(name, value));
        }
      }
      HttpRequest.Builder request = request(path);
      return headers.isEmpty() ? request : request.headers(headers.toArray(String[]::new));
    }

    HttpResponse<byte[]> post(String path, String type, String body) {
      return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
      return browser.request(asked, "/captcha" + path);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
      return browser.sendForBytes(request);
    }

    private String form(String values) {
      return json(values).properties().stream()
          .map(field -> field.getKey() + "=" + encoded(field.getValue().asText()))
          .collect(Collectors.joining("&"));
    }

    private JsonNode json(String text) {
      try {
        return text.isEmpty() ? mapper.createObjectNode() : mapper.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String text(HttpResponse<byte[]> response, String member) throws IOException {
      JsonNode value = mapper.readTree(response.body()).get(member);
      return Objects.requireNonNull(value, member).asText();
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
