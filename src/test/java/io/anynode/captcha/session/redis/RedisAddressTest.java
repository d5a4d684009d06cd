package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.redis.RedisAddress.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  private static String login(RedisAddress address) {
    return address.user() + " " + address.password();
  }

  @Test
  void oneServerWithAllItsParts() {
    RedisAddress address =
        RedisAddress.parse("rediss://app:p%40s%3As@my_redis.local:7000/3?verifyPeer=CA");

    assertThat(address.hosts()).hasToString("[my_redis.local:7000]");
    assertThat(address.database()).isEqualTo(3);
    assertThat(address.isTls()).isTrue();
    assertThat(address.verify()).isEqualTo(Verify.CA);
    assertThat(address.isCluster()).isFalse();
    assertThat(address.master()).isNull();
    assertThat(login(address)).isEqualTo("app p@s:s");
  }

  @Test
  void aHostAloneIsEnough() {
    RedisAddress address = RedisAddress.parse("redis://localhost");

    assertThat(address.hosts()).hasToString("[localhost:6379]");
    assertThat(address.isTls()).isFalse();
    assertThat(login(address)).isEqualTo("null null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://:secret@localhost", "REDIS://secret@localhost/"})
  void aPasswordNeedsNoUser(String uri) {
    assertThat(login(RedisAddress.parse(uri))).isEqualTo("null secret");
  }

  @Test
  void tlsChecksTheServersName() {
    assertThat(RedisAddress.parse("rediss://localhost").verify()).isEqualTo(Verify.FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://[::1]:7000, ::1, 7000, [::1]:7000",
    "redis://[fe80::1], fe80::1, 6379, [fe80::1]:6379",
    "redis://fe80::1, fe80::1, 6379, [fe80::1]:6379",
    "redis://[::ffff:10.0.0.1], ::ffff:10.0.0.1, 6379, [::ffff:10.0.0.1]:6379",
  })
  void anIpv6Host(String uri, String host, int port, String told) {
    RedisAddress address = RedisAddress.parse(uri);

    assertThat(address.hosts().get(0).getHost()).isEqualTo(host);
    assertThat(address.hosts().get(0).getPort()).isEqualTo(port);
    assertThat(address).hasToString(told);
  }

  @Test
  void sentinelsAndTheirMaster() {
    RedisAddress address = RedisAddress.parse("rediss-sentinel://:secret@one,two:7000/2#main");

    assertThat(address.master()).isEqualTo("main");
    assertThat(address.database()).isEqualTo(2);
    assertThat(login(address)).isEqualTo("null secret");
    assertThat(address.hosts()).hasToString("[one:26379, two:7000]");
    assertThat(address.isTls()).isTrue();
  }

  @Test
  void theNodesOfACluster() {
    RedisAddress address = RedisAddress.parse("rediss-cluster://app:secret@one:7000,two");

    assertThat(address.isCluster()).isTrue();
    assertThat(address.hosts()).hasToString("[one:7000, two:6379]");
    assertThat(login(address)).isEqualTo("app secret");
  }

  @Test
  void itTellsHostsAndPortsOnly() {
    assertThat(RedisAddress.parse("redis-cluster://app:secret@one:7000,two"))
        .hasToString("one:7000, two:6379");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "localhost:6379",
        "http://localhost",
        "redis:localhost",
        "redis://",
        "redis:///s3cret",
        "redis://:s3cret@",
        "redis://:s3cret@:6379",
        "redis://:s3cret@localhost:port",
        "redis://:s3cret@localhost:65536",
        "redis://:s3cret@localhost:99999999999",
        "redis://:s3cret@[::1",
        "redis://:s3cret@localhost:-1",
        "redis://app:@localhost",
        "redis://:s3cret@one,two",
        "redis://:s3cret/3@localhost",
        "redis://:s3cret?3@localhost",
        "redis://:s3cret#3@localhost",
        "redis://:s3cret 3@localhost",
        "redis://:s3cret%3@localhost",
        "redis://:s3cret^3@localhost",
        "redis://localhost/s3cret",
        "redis://localhost/-1",
        "redis://localhost?password=s3cret",
        "redis://localhost?verifyPeer=s3cret",
        "redis://localhost#s3cret",
        "redis-sentinel://:s3cret@localhost",
        "redis-sentinel://:s3cret@localhost#",
        "redis-sentinel://:s3cret@localhost,#main",
        "redis-cluster://:s3cret@localhost/1",
        "redis-cluster://:s3cret@localhost,,other",
      })
  void aBadOneIsRefusedWithoutRepeatingIt(String uri) {
    assertThatThrownBy(() -> RedisAddress.parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("captcha.session.redis.uri is not understood: ")
        .hasNoCause()
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
  }
}
