package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An OpenAPI description, and answers held against it. */
final class ApiDescription {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;
  private final SchemaRegistry schemas = SchemaRegistry.withDialect(Dialects.getOpenApi31());

  ApiDescription(String text) {
    this.document = parsed(text);
  }

  /** What can be asked. */
  record Operation(String path, String method, JsonNode json) {

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * An example of asking.
   *
   * @param type the media type of its body; null if it has none
   * @param name the example's; empty if there is none
   * @param values of a body, or of parameters
   */
  record Call(Operation operation, @Nullable String type, String name, JsonNode values) {}

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            all.add(
                                new Operation(
                                    path.getKey(),
                                    method.getKey().toUpperCase(Locale.ROOT),
                                    method.getValue()))));
    return all;
  }

  /** An operation's examples; one without a name if it needs none. */
  List<Call> calls(Operation operation) {
    List<Call> calls = new ArrayList<>();
    for (Map.Entry<String, JsonNode> body :
        operation.json().path("requestBody").path("content").properties()) {
      for (Map.Entry<String, JsonNode> example : body.getValue().get("examples").properties()) {
        calls.add(
            new Call(operation, body.getKey(), example.getKey(), example.getValue().get("value")));
      }
    }
    ObjectNode usual = usualParameters(operation);
    for (JsonNode parameter : parameters(operation)) {
      for (Map.Entry<String, JsonNode> example : parameter.path("examples").properties()) {
        ObjectNode values = usual.deepCopy();
        values.set(parameter.get("name").asText(), example.getValue().get("value"));
        calls.add(new Call(operation, null, example.getKey(), values));
      }
    }
    return calls.isEmpty()
        ? List.of(new Call(operation, null, "", MissingNode.getInstance()))
        : calls;
  }

  /** Those of an operation, wherever they are described. */
  List<JsonNode> parameters(Operation operation) {
    List<JsonNode> all = new ArrayList<>();
    operation.json().path("parameters").forEach(parameter -> all.add(resolved(parameter)));
    return all;
  }

  /** The first example of each parameter that is required. */
  private ObjectNode usualParameters(Operation operation) {
    ObjectNode usual = JSON.createObjectNode();
    for (JsonNode parameter : parameters(operation)) {
      if (parameter.path("required").asBoolean()) {
        JsonNode first = parameter.get("examples").elements().next();
        usual.set(parameter.get("name").asText(), first.get("value"));
      }
    }
    return usual;
  }

  /** Each status of each operation, such as {@code POST /answers 422}. */
  Set<String> documented() {
    Set<String> all = new TreeSet<>();
    for (Operation operation : operations()) {
      operation
          .json()
          .get("responses")
          .fieldNames()
          .forEachRemaining(status -> all.add(operation + " " + status));
    }
    return all;
  }

  /** The status with an example of this name; else one of success. */
  List<Integer> statusesOf(Call call) {
    List<String> fitting = new ArrayList<>();
    JsonNode responses = call.operation().json().get("responses");
    responses
        .properties()
        .forEach(
            response -> {
              if (!examples(resolved(response.getValue())).path(call.name()).isMissingNode()) {
                fitting.add(response.getKey());
              }
            });
    if (fitting.isEmpty()) {
      responses.fieldNames().forEachRemaining(fitting::add);
      fitting.removeIf(status -> !status.startsWith("2"));
    }
    return fitting.stream().map(Integer::valueOf).toList();
  }

  /**
   * Holds an answer against the description: status, type, headers, schema, and no member that the
   * schema does not name.
   *
   * @return the operation and the status
   */
  String check(Operation operation, HttpResponse<byte[]> response) {
    String what = operation + " " + response.statusCode();
    JsonNode described =
        resolved(operation.json().get("responses").path(Integer.toString(response.statusCode())));
    String body = new String(response.body(), StandardCharsets.UTF_8);
    assertThat(described.isObject()).as(what + " is described: " + body).isTrue();
    for (Map.Entry<String, JsonNode> header : described.path("headers").properties()) {
      String value = response.headers().firstValue(header.getKey()).orElse("");
      assertThat(value).as(what + ": " + header.getKey()).isNotEmpty();
      JsonNode schema = resolved(header.getValue()).get("schema");
      boolean isNumber = schema.path("type").asText().equals("integer");
      assertFits(what, isNumber ? parsed(value) : JSON.valueToTree(value), schema);
    }
    String type =
        response.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0].strip();
    JsonNode content = described.get("content").path(type);
    assertThat(content.isObject()).as(what + " as " + type).isTrue();
    if (type.endsWith("json")) {
      JsonNode json = parsed(body);
      assertFits(what, json, content.get("schema"));
      Set<String> named = named(content.get("schema"));
      if (!named.isEmpty()) {
        assertThat(json.fieldNames()).toIterable().as(what).isSubsetOf(named);
      }
    }
    return what;
  }

  /** Holds each example of a response against its schema. */
  void checkExamples() {
    for (Operation operation : operations()) {
      for (JsonNode response : operation.json().get("responses")) {
        for (JsonNode content : resolved(response).get("content")) {
          for (JsonNode example : content.path("examples")) {
            assertFits(operation.toString(), example.get("value"), content.get("schema"));
            assertThat(example.get("value").fieldNames())
                .toIterable()
                .isSubsetOf(named(content.get("schema")));
          }
        }
      }
    }
  }

  /** The members that a schema names, and those that it includes. */
  private Set<String> named(JsonNode schema) {
    JsonNode own = resolved(schema);
    Set<String> names = new LinkedHashSet<>();
    own.path("properties").fieldNames().forEachRemaining(names::add);
    own.path("allOf").forEach(included -> names.addAll(named(included)));
    return names;
  }

  private void assertFits(String what, JsonNode value, JsonNode schema) {
    var root = JSON.createObjectNode();
    root.set("components", document.get("components"));
    root.putArray("allOf").add(schema);
    Schema whole = schemas.getSchema(root);
    assertThat(
            whole.validate(
                value,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .as(what)
        .isEmpty();
  }

  private static JsonNode examples(JsonNode response) {
    for (JsonNode content : response.path("content")) {
      return content.path("examples");
    }
    return MissingNode.getInstance();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
