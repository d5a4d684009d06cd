package io.anynode.captcha.session.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.real.TlsFront;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to Redis: trust comes from the JVM's own properties, as people set them for a private CA. */
class RedisTlsTest {

  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  private final Backing backing = Backing.at(RealRedis.single().uri());
  private final @Nullable String store = System.getProperty(STORE);
  private final @Nullable String password = System.getProperty(PASSWORD);
  private final Path folder;

  RedisTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  @AfterEach
  void trustWhatTheJvmTrusts() {
    set(STORE, store);
    set(PASSWORD, password);
  }

  private static void set(String property, @Nullable String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  private void trust(Path keyStore) {
    set(STORE, keyStore.toString());
    set(PASSWORD, TlsFront.PASSWORD);
  }

  private String agreed(TlsFront front, String parameters) {
    String uri = "rediss://127.0.0.1:" + front.port() + parameters;
    try (SessionStore node = backing.open(uri, Duration.ofSeconds(5))) {
      return node.agree("tls", "one");
    }
  }

  private static TlsFront front(Path keys) throws Exception {
    return TlsFront.start(keys, RealRedis.single().port());
  }

  @Test
  void aCertificateThatTheJvmTrustsIsEnough() throws Exception {
    Path keys = TlsFront.keyStore(folder, "ip:127.0.0.1");
    trust(keys);

    try (TlsFront front = front(keys)) {
      assertThat(agreed(front, "")).isEqualTo("one");
    }
  }

  @Test
  void aCertificateThatTheJvmDoesNotTrustIsAFault() throws Exception {
    try (TlsFront front = front(TlsFront.keyStore(folder, "ip:127.0.0.1"))) {
      assertThatThrownBy(() -> agreed(front, ""))
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("unable to find valid certification path");
      assertThat(agreed(front, "?verifyPeer=NONE")).isEqualTo("one");
    }
  }

  @Test
  void aCertificateOfAnotherHostIsAFault() throws Exception {
    Path keys = TlsFront.keyStore(folder, "dns:elsewhere.example");
    trust(keys);

    try (TlsFront front = front(keys)) {
      assertThatThrownBy(() -> agreed(front, ""))
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("No subject alternative names");
      assertThat(agreed(front, "?verifyPeer=CA")).isEqualTo("one");
    }
  }
}
