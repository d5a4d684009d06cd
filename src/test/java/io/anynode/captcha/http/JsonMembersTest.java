package io.anynode.captcha.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoints take for a JSON object, held against a library's own reading. */
class JsonMembersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \t\r\n{ } ",
        "{\"a\":\"b\"}",
        "{\"\":\"\"}",
        "{\"a\" : \"b\" , \"c\":\"\u00e9\u65e5\" }",
        "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"}",
        "{\"a\\u0062\":\"1\"}",
        "{\"a\":1,\"b\":-0.5e+7,\"c\":true,\"d\":false}"
      })
  void anObjectIsReadAsALibraryReadsIt(String json) throws IOException {
    Map<String, String> read = JsonMembers.of(json);
    new ObjectMapper()
        .readTree(json)
        .properties()
        .forEach(
            member -> {
              String value = read.get(member.getKey());
              assertThat(value).isNotNull();
              if (member.getValue().isTextual()) {
                assertThat(value).isEqualTo(member.getValue().textValue());
              }
            });
  }

  @Test
  void aMemberThatIsNullIsAbsent() {
    assertThat(JsonMembers.of("{\"a\":null,\"b\":\"\"}")).containsExactly(Map.entry("b", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[]",
        "null",
        "\"a\"",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":\"b\"",
        "{\"a\":\"b\",}",
        "{,\"a\":\"b\"}",
        "{\"a\":\"b\"}{}",
        "{\"a\":\"b\"} x",
        "{\"a\":\"b\" \"c\":\"d\"}",
        "{\"a\":\"b\",\"a\":\"c\"}",
        "{\"a\":\"b\",\"\\u0061\":null}",
        "{\"a\":{}}",
        "{\"a\":[\"b\"]}",
        "{'a':'b'}",
        "{a:\"b\"}",
        "{\"a\":b}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":nulls}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"b\nc\"}",
        "{\"a\":\"b\\",
        "{\"a\":\"b\\\nc\"}",
        "\ufeff{}",
        "\u2003{}",
        "{\"a\":\u00a0\"b\"}"
      })
  void whateverElseIsRefused(String json) {
    assertThatThrownBy(() -> JsonMembers.of(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("This is no flat JSON object.");
  }

  @Test
  void aLongTextNeedsNoStack() {
    String escapes = "\\n".repeat(100_000);
    assertThat(JsonMembers.of("{\"a\":\"" + escapes + "\"}").get("a")).hasSize(100_000);
  }

  @Test
  void anObjectInAnotherHasItsMembersNamesWithADot() {
    assertThat(JsonMembers.nested("{\"a\": {\"b\": {\"c\": {\"d\":1}}, \"e\":null}, \"f\":\"g\"}"))
        .containsExactly(Map.entry("a.b.c.d", "1"), Map.entry("f", "g"));
    assertThat(JsonMembers.nested("{\"a\":{}}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":{\"b\":1},\"a.b\":2}",
        "{\"a\":{\"b\":1}",
        "{\"a\":{\"b\":1}}}",
        "{\"a\":[{}]}",
        "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":1}}}}}"
      })
  void noMoreIsNestedThanThatAndNothingTwice(String json) {
    assertThatThrownBy(() -> JsonMembers.nested(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void howDeepATextIsDoesNotMatterToTheStack() {
    assertThatThrownBy(() -> JsonMembers.nested("{\"a\":".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
