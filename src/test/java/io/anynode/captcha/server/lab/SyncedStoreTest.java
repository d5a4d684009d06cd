package io.anynode.captcha.server.lab;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.SettingsReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;

/** The faults that rows 5 and 6 are there to show, and that they work otherwise. */
class SyncedStoreTest {

  @TempDir Path folder;

  private final Settings settings = SettingsReader.read(new StandardEnvironment());

  private SyncedStore store(String worker, boolean readOnMiss) {
    return SyncedStore.open(
        settings.session(),
        new AttributeCodec(SyncedStoreTest.class.getClassLoader(), null),
        new SharedFile(folder.resolve("file"), worker),
        readOnMiss);
  }

  private static DeltaSession saved(SyncedStore store) {
    DeltaSession session = store.createSession();
    session.setAttribute("captcha.x", "sealed");
    session.setAttribute("user", "lab");
    store.save(session);
    return session;
  }

  private static @Nullable String user(SyncedStore store, String id) {
    return requireNonNull(store.findById(id)).getAttribute("user");
  }

  @Test
  void anotherWorkerKnowsASessionAfterTheNextSync() {
    try (SyncedStore a = store("a", false);
        SyncedStore b = store("b", false)) {
      String id = saved(a).getId();

      assertThat(b.findById(id)).isNull();
      b.sync();

      assertThat(user(b, id)).isEqualTo("lab");
    }
  }

  @Test
  void aReadOnAMissNeedsNoSync() {
    try (SyncedStore a = store("a", true);
        SyncedStore b = store("b", true)) {
      DeltaSession session = saved(a);
      assertThat(b.findById(session.getId())).isNotNull();

      session.changeSessionId();
      a.save(session);

      assertThat(user(b, session.getId())).isEqualTo("lab");
    }
  }

  @Test
  void twoWorkersBothGetAChallengeThatBothKnow() {
    try (SyncedStore a = store("a", false);
        SyncedStore b = store("b", false)) {
      String id = saved(a).getId();
      b.sync();

      assertThat(a.claim(id, "captcha.x")).isEqualTo("sealed");
      assertThat(a.claim(id, "captcha.x")).isNull();
      assertThat(b.claim(id, "captcha.x")).isEqualTo("sealed");
    }
  }

  @Test
  void aClaimIsKnownAfterTheNextSync() {
    try (SyncedStore a = store("a", false);
        SyncedStore b = store("b", false)) {
      String id = saved(a).getId();
      b.sync();
      assertThat(a.claim(id, "captcha.x")).isEqualTo("sealed");

      b.sync();

      assertThat(b.claim(id, "captcha.x")).isNull();
    }
  }
}
