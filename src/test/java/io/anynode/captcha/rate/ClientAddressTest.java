package io.anynode.captcha.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.settings.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {

  private static final ClientAddress CLIENTS =
      new ClientAddress(
          List.of(
              Network.of(address("10.0.0.0"), 8),
              Network.of(address("2001:db8:1::"), 48),
              Network.of(address("127.0.0.1"), 32)));

  private static InetAddress address(String text) {
    return Objects.requireNonNull(Network.address(text));
  }

  private static MockHttpServletRequest from(String peer) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteAddr(peer);
    return request;
  }

  private static String client(MockHttpServletRequest request) {
    return Objects.requireNonNull(CLIENTS.of(request)).getHostAddress();
  }

  @Test
  void aStrangersWordIsNotTaken() {
    MockHttpServletRequest request = from("192.0.2.1");
    request.addHeader("X-Forwarded-For", "198.51.100.7");
    request.addHeader("Forwarded", "for=198.51.100.7");

    assertThat(client(request)).isEqualTo("192.0.2.1");
    assertThat(new ClientAddress(List.of()).of(from("10.1.1.1"))).isEqualTo(address("10.1.1.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.7|198.51.100.7",
        "203.0.113.9, 198.51.100.7|198.51.100.7",
        "203.0.113.9, 198.51.100.7, 10.2.2.2|198.51.100.7",
        "10.3.3.3, 10.2.2.2|10.3.3.3",
        "198.51.100.7:4711|198.51.100.7",
        "[2001:db8:2::7]:4711|2001:db8:2:0:0:0:0:7",
        "[2001:db8:2::7]|2001:db8:2:0:0:0:0:7",
        "2001:db8:2::7|2001:db8:2:0:0:0:0:7",
        "203.0.113.9, 2001:db8:2::7, 2001:db8:1::9|2001:db8:2:0:0:0:0:7",
        "::ffff:198.51.100.7|198.51.100.7",
        "203.0.113.9, unknown|10.1.1.1",
        "203.0.113.9, unknown, 10.2.2.2|10.2.2.2",
        "203.0.113.9, _hidden|10.1.1.1",
        "203.0.113.9, 999.1.1.1|10.1.1.1",
        "203.0.113.9, 010.1.1.1|10.1.1.1",
        "203.0.113.9, localhost|10.1.1.1",
        "203.0.113.9, 1|10.1.1.1",
        "203.0.113.9, ::::|10.1.1.1",
        "203.0.113.9,|10.1.1.1",
        "''|10.1.1.1",
      })
  void aTrustedProxysHopsAreWalkedFromTheRight(String forwardedFor, String client) {
    MockHttpServletRequest request = from("10.1.1.1");
    request.addHeader("X-Forwarded-For", forwardedFor);

    assertThat(client(request)).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=198.51.100.7|198.51.100.7",
        "For=\"198.51.100.7:80\";proto=https;by=203.0.113.43|198.51.100.7",
        "by=203.0.113.43; for=198.51.100.7|198.51.100.7",
        "for=203.0.113.9, for=198.51.100.7;host=\"a,b;c\", for=10.2.2.2|198.51.100.7",
        "for=203.0.113.9,for=\"[2001:db8:2::7]:4711\"|2001:db8:2:0:0:0:0:7",
        "for=203.0.113.9, for=unknown|10.1.1.1",
        "for=203.0.113.9, for=_gazonk|10.1.1.1",
        "for=203.0.113.9, for=\"_SEVKISEK\"|10.1.1.1",
        "for=203.0.113.9, proto=https|10.1.1.1",
        "for=203.0.113.9, nonsense|10.1.1.1",
        "for=203.0.113.9, for=\"198.51.100.7|10.1.1.1",
        "for=203.0.113.9, @@, for=10.2.2.2|10.2.2.2",
      })
  void theFieldOfRfc7239IsReadAsItSays(String forwarded, String client) {
    MockHttpServletRequest request = from("10.1.1.1");
    request.addHeader("Forwarded", forwarded);
    request.addHeader("X-Forwarded-For", "203.0.113.200");

    assertThat(client(request)).isEqualTo(client);
  }

  @Test
  void severalFieldsAreOneList() {
    MockHttpServletRequest request = from("10.1.1.1");
    request.addHeader("X-Forwarded-For", "203.0.113.9");
    request.addHeader("X-Forwarded-For", "198.51.100.7");

    assertThat(client(request)).isEqualTo("198.51.100.7");
  }

  @Test
  void aListWithoutEndIsNotWalkedToTheEnd() {
    MockHttpServletRequest request = from("10.1.1.1");
    request.addHeader("X-Forwarded-For", "198.51.100.7," + "10.9.9.9,".repeat(1_000) + "10.8.8.8");

    assertThat(client(request)).isEqualTo("10.9.9.9");
  }

  @Test
  void aConnectionWithoutAddressHasNoClient() {
    assertThat(CLIENTS.of(from("/run/socket"))).isNull();
    assertThat(client(from("fe80::1%eth0"))).isEqualTo("fe80:0:0:0:0:0:0:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\\a", "a=b;", "a=\"\\b\",", "\"", " ", "for=", "["})
  void aFieldAsLongAsAContainerTakesIsReadWithNoError(String piece) {
    String much = piece.repeat(64_000 / piece.length());
    for (String word : List.of(much, "for=\"" + much, "for=\"" + much + "\"")) {
      MockHttpServletRequest request = from("10.1.1.1");
      request.addHeader("Forwarded", word);
      request.addHeader("Forwarded", "for=198.51.100.7");

      assertThat(client(request)).isEqualTo("198.51.100.7");
    }
  }
}
