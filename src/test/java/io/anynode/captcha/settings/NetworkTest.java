package io.anynode.captcha.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a proxy's word is taken from hangs on these: no text is an address that is none. */
class NetworkTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "1.2.3.4", "10.0.200.99", "255.255.255.255"})
  void fourNumbersAreAnAddress(String text) {
    assertThat(address(text).getHostAddress()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.1000",
        "4294967297.0.0.1",
        "01.2.3.4",
        "1.2.3.04",
        "00.0.0.0",
        "-1.2.3.4",
        "+1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4",
        "0x1.2.3.4",
        "a.b.c.d",
        "1.2.3.\u0664",
        "host",
        "localhost"
      })
  void nothingElseIs(String text) {
    assertThat(Network.address(text)).isNull();
  }

  @Test
  void anIpv4AddressInAnIpv6OneIsTheIpv4Address() {
    assertThat(address("::ffff:192.0.2.7")).isEqualTo(address("192.0.2.7"));
  }

  @ParameterizedTest
  @CsvSource({
    "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.32.0.0",
    "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.128, 192.0.2.255, 192.0.2.127",
    "192.0.2.6/31, 192.0.2.6, 192.0.2.7, 192.0.2.8",
    "192.0.2.7, 192.0.2.7, 192.0.2.7, 192.0.2.6",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255, ::1",
    "2001:db8::/33, 2001:db8::, 2001:db8:7fff::1, 2001:db8:8000::",
    "::/0, ::, ffff::1, 192.0.2.7"
  })
  void aNetworkHasWhatBeginsWithItsBits(String text, String first, String last, String beside) {
    Network network = Objects.requireNonNull(Network.parse(text));
    assertThat(network.contains(address(first))).isTrue();
    assertThat(network.contains(address(last))).isTrue();
    assertThat(network.contains(address(beside))).isFalse();
  }

  @Test
  void anAddressIsInTheNetworksThatItWouldMakeItselfAndInNoOthers() throws UnknownHostException {
    Random random = new Random(1);
    for (int length : new int[] {4, 16}) {
      for (int bits = 0; bits <= 8 * length; bits++) {
        byte[] some = new byte[length];
        random.nextBytes(some);
        Network network = Network.of(InetAddress.getByAddress(some), bits);
        assertThat(network.contains(InetAddress.getByAddress(some))).isTrue();
        for (int changed = 0; changed < 8 * length; changed++) {
          byte[] other = Arrays.copyOf(some, length);
          other[changed / 8] ^= (byte) (0x80 >> (changed % 8));
          assertThat(network.contains(InetAddress.getByAddress(other)))
              .as("bit %d of /%d", changed, bits)
              .isEqualTo(changed >= bits);
        }
      }
    }
  }

  private static InetAddress address(String text) {
    return Objects.requireNonNull(Network.address(text), text);
  }
}
