package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  private static List<RedisURI> uris(String uri) {
    return RedisAddress.parse(uri).uris(Duration.ofSeconds(1));
  }

  private static String login(RedisURI uri) {
    RedisCredentials login =
        Objects.requireNonNull(uri.getCredentialsProvider().resolveCredentials().block());
    char[] password = login.getPassword();
    return login.getUsername() + " " + (password == null ? null : new String(password));
  }

  @Test
  void oneServerWithAllItsParts() {
    RedisURI uri = uris("rediss://app:p%40s%3As@my_redis.local:7000/3?verifyPeer=CA").get(0);

    assertThat(uri.getHost()).isEqualTo("my_redis.local");
    assertThat(uri.getPort()).isEqualTo(7000);
    assertThat(uri.getDatabase()).isEqualTo(3);
    assertThat(uri.isSsl()).isTrue();
    assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.CA);
    assertThat(uri.getTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(login(uri)).isEqualTo("app p@s:s");
  }

  @Test
  void aHostAloneIsEnough() {
    RedisURI uri = uris("redis://localhost").get(0);

    assertThat(uri.getPort()).isEqualTo(6379);
    assertThat(uri.isSsl()).isFalse();
    assertThat(login(uri)).isEqualTo("null null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://:secret@localhost", "REDIS://secret@localhost/"})
  void aPasswordNeedsNoUser(String uri) {
    assertThat(login(uris(uri).get(0))).isEqualTo("null secret");
  }

  @Test
  void tlsChecksTheServersName() {
    assertThat(uris("rediss://localhost").get(0).getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
  }

  @Test
  void anIpv6Host() {
    RedisURI uri = uris("redis://[::1]:7000").get(0);

    assertThat(uri.getHost()).isEqualTo("::1");
    assertThat(uri.getPort()).isEqualTo(7000);
  }

  @Test
  void sentinelsAndTheirMaster() {
    List<RedisURI> uris = uris("rediss-sentinel://:secret@one,two:7000/2#main");

    assertThat(uris).hasSize(1);
    RedisURI uri = uris.get(0);
    assertThat(uri.getSentinelMasterId()).isEqualTo("main");
    assertThat(uri.getDatabase()).isEqualTo(2);
    assertThat(login(uri)).isEqualTo("null secret");
    assertThat(uri.getSentinels())
        .extracting(each -> each.getHost() + ":" + each.getPort())
        .containsExactly("one:26379", "two:7000");
    assertThat(uri.getSentinels()).allMatch(RedisURI::isSsl);
    assertThat(uri.getSentinels()).allMatch(each -> login(each).equals("null null"));
  }

  @Test
  void theNodesOfACluster() {
    List<RedisURI> uris = uris("rediss-cluster://app:secret@one:7000,two");

    assertThat(uris)
        .extracting(each -> each.getHost() + ":" + each.getPort())
        .containsExactly("one:7000", "two:6379");
    assertThat(uris).allMatch(each -> each.isSsl() && login(each).equals("app secret"));
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
