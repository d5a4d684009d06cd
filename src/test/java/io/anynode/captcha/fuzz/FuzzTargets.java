package io.anynode.captcha.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.anynode.captcha.challenge.ChallengeId;
import io.anynode.captcha.challenge.Seal;
import io.anynode.captcha.http.JsonMembers;
import io.anynode.captcha.rate.ClientAddress;
import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionIds;
import io.anynode.captcha.session.UnreadableAttributeException;
import io.anynode.captcha.session.file.FileRecords;
import io.anynode.captcha.settings.Network;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.Setting;
import io.anynode.captcha.settings.SettingsException;
import io.anynode.captcha.settings.SettingsReader;
import io.anynode.captcha.web.RequestParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

/**
 * What Jazzer calls, in a process of its own: the first byte chooses what reads the rest. Whatever
 * is thrown from here is a finding, and so is what Jazzer's own detectors see, such as a class that
 * is loaded because a stream names it.
 */
public final class FuzzTargets {

  private static final Setting[] SETTINGS = Setting.values();
  private static final Seal SEAL = new Seal(List.of("a secret of the tests"), new SecureRandom());

  /** Strict, since by default an application's classes are read, and Jazzer's count as such. */
  private static final AttributeCodec CODEC =
      new AttributeCodec(FuzzTargets.class.getClassLoader(), "java.base/*;!*");

  private static final SessionIds IDS =
      SessionIds.of(new SessionSettings.Cookie("SESSION", "/", "Lax", null));
  private static final Path FOLDER = folder();
  private static final ClientAddress CLIENTS =
      new ClientAddress(
          List.of(Network.of(Objects.requireNonNull(Network.address("10.0.0.0")), 8)));
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private FuzzTargets() {}

  private static Path folder() {
    try {
      return Files.createDirectories(Path.of(System.getProperty("fuzz.folder", "target/fuzz")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
    switch (data.consumeInt(0, 9)) {
      case 0 -> challengeId(data.consumeRemainingAsString());
      case 1 -> sealed(data.consumeRemainingAsAsciiString());
      case 2 -> value(data.consumeRemainingAsBytes());
      case 3 -> settings(data);
      case 4 -> scope(data.consumeRemainingAsBytes());
      case 5 -> FileRecords.attribute(data.consumeRemainingAsBytes(), CODEC);
      case 6 -> FileRecords.meta(data.consumeRemainingAsBytes(), FOLDER);
      case 7 -> json(data.consumeRemainingAsString());
      case 8 -> proxies(data.consumeRemainingAsString());
      default -> cookie(data.consumeRemainingAsString());
    }
  }

  private static void challengeId(String text) {
    ChallengeId id = ChallengeId.parse(text);
    if (id != null) {
      check(id.text().equals(text) && id.expires().toEpochMilli() >= 0);
    }
  }

  private static void sealed(String text) {
    check(SEAL.open(new ChallengeId("A".repeat(40)), text) == null);
    check(SEAL.open(new ChallengeId("A".repeat(40)), "1." + text) == null);
    check(SEAL.open(new ChallengeId("A".repeat(40)), "2." + text) == null);
  }

  private static void value(byte[] stored) {
    String text = CODEC.readText(stored);
    try {
      Object value = CODEC.read("any", stored);
      check(text == null || text.equals(value));
    } catch (UnreadableAttributeException e) {
      check(text == null);
    }
    try {
      check(CODEC.read("captcha." + "A".repeat(40), stored) instanceof String);
    } catch (UnreadableAttributeException e) {
      check(text == null);
    }
  }

  private static void settings(FuzzedDataProvider data) {
    Map<String, Object> map = new HashMap<>();
    map.put("captcha.session.store", "memory");
    while (data.remainingBytes() > 0 && map.size() < 10) {
      String key = data.pickValue(SETTINGS).key().replace("<name>", data.consumeAsciiString(8));
      map.put(key, data.consumeString(80));
    }
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("fuzz", map));
    try {
      Object unused = SettingsReader.read(environment);
    } catch (SettingsException e) {
      check(String.valueOf(e.getMessage()).contains("captcha."));
    }
  }

  private static void scope(byte[] body) throws IOException {
    String scope = RequestParts.scope(body);
    check(scope.matches("[A-Za-z0-9._-]{0,64}"));
    check(scope.isEmpty() || new String(body, StandardCharsets.UTF_8).contains(scope));
  }

  /** What is taken is read as a library reads it that refuses names which come twice. */
  private static void json(String text) {
    Map<String, String> read;
    try {
      Map<String, String> unused = JsonMembers.nested(text);
      read = JsonMembers.of(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    try {
      Map<String, String> other = new HashMap<>();
      JSON.readTree(text)
          .properties()
          .forEach(
              member -> {
                if (!member.getValue().isNull()) {
                  other.put(member.getKey(), read.get(member.getKey()));
                  check(
                      !member.getValue().isTextual()
                          || member.getValue().textValue().equals(read.get(member.getKey())));
                }
              });
      check(other.equals(read));
    } catch (StreamConstraintsException e) {
      return; // longer than it takes
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What is taken is no JSON.", e);
    }
  }

  /** Whatever a stranger sent, the client is who the proxy says. */
  private static void proxies(String sent) {
    String word = sent.replaceAll("[^\\x20-\\x7e\\t]", "x");
    for (String header : List.of("Forwarded", "X-Forwarded-For")) {
      MockHttpServletRequest request = new MockHttpServletRequest();
      request.setRemoteAddr("10.1.1.1");
      request.addHeader(header, word);
      check(CLIENTS.of(request) != null);
      request.addHeader(header, header.equals("Forwarded") ? "for=198.51.100.7" : "198.51.100.7");
      InetAddress client = CLIENTS.of(request);
      check(client != null && client.getHostAddress().equals("198.51.100.7"));
    }
  }

  private static void cookie(String value) {
    List<String> ids = RequestParts.ids(value.replaceAll("[^\\x21-\\x7e]", "x"));
    check(ids.size() <= 2 && ids.stream().allMatch(IDS::isOwn));
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("What must hold does not.");
    }
  }
}
