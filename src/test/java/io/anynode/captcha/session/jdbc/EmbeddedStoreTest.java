package io.anynode.captcha.session.jdbc;

import static io.anynode.captcha.session.jdbc.Nodes.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded H2, which is what a user gets who sets nothing. */
class EmbeddedStoreTest {

  @TempDir private Path folder;

  private SessionStore open() {
    SessionSettings defaults = TestSettings.session(StoreKind.JDBC);
    SessionSettings.Jdbc jdbc =
        new SessionSettings.Jdbc(null, null, null, null, 4, Duration.ofSeconds(2));
    return JdbcStore.open(
        TestSettings.withJdbc(defaults, jdbc), home(), Nodes.codec(), Nodes.class.getClassLoader());
  }

  /** It does not exist before the database does. */
  private Path home() {
    return folder.resolve("home of a node");
  }

  @Test
  void sessionsOutliveARestart() {
    String id;
    String agreed;
    try (SessionStore node = open()) {
      id = saved(node, "captcha.1", "content");
      agreed = node.agree("secret", "first");
    }

    try (SessionStore node = open()) {
      assertThat(node.claim(id, "captcha.1")).isEqualTo("content");
      assertThat(node.agree("secret", "second")).isEqualTo(agreed);
    }
    assertThat(home().resolve("sessions.mv.db")).isRegularFile();
  }

  @Test
  void openingWritesNothingYet() {
    try (SessionStore node = open()) {
      assertThat(node).isNotNull();
    }
    try (SessionStore node = open()) {
      assertThat(saved(node, "start", "s")).isNotEmpty();
    }
  }

  @Test
  void theLogSaysThatTheFileIsThisOneNodes() {
    List<String> told = new ArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            told.add(line.getLevel() + " " + line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(PooledSource.class.getName());
    logger.addHandler(listener);
    try (SessionStore node = open()) {
      assertThat(node).isNotNull();
    } finally {
      logger.removeHandler(listener);
    }

    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("INFO ")
        .contains("one node's", "captcha.session.jdbc.url");
  }

  /** What is read is more than the database keeps in memory. */
  @Test
  void anInterruptedRequestDoesNotCloseTheFileUnderTheOthers() throws Exception {
    List<String> ids = new ArrayList<>();
    try (SessionStore node = open()) {
      for (int i = 0; i < 40; i++) {
        byte[] value = new byte[1 << 20];
        new Random(i).nextBytes(value);
        ids.add(saved(node, "value", value));
      }
    }
    try (SessionStore node = open()) {
      Thread interrupted =
          new Thread(
              () ->
                  Collections.nCopies(5, ids)
                      .forEach(all -> all.forEach(id -> foundOrNot(node, id))));
      interrupted.start();
      for (int i = 0; interrupted.isAlive(); i++) {
        interrupted.interrupt();
        assertThat((Object) node.sessions().findById(ids.get(i % ids.size()))).isNotNull();
      }
    }
  }

  private static void foundOrNot(SessionStore node, String id) {
    try {
      Object unused = node.sessions().findById(id);
    } catch (StoreUnavailableException e) {
      assertThat(e).hasMessageContaining("sessions.mv.db");
    }
  }

  @Test
  void aFileThatAnotherProcessHasOpenIsToldWithWhatToDo() throws Exception {
    Files.createDirectories(home());
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                "org.h2.tools.Shell",
                "-url",
                "jdbc:h2:file:" + home().resolve("sessions"),
                "-user",
                "sa")
            .redirectErrorStream(true)
            .start();
    try {
      readUntil(other, "sql>");
      try (SessionStore node = open()) {
        assertThatThrownBy(() -> node.sessions().createSession())
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("no other process has sessions.mv.db open")
            .hasMessageContaining("captcha.session.jdbc.url");
      }
    } finally {
      other.destroyForcibly();
      other.waitFor();
    }
  }

  private static void readUntil(Process process, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    int next;
    while (read.indexOf(text) < 0 && (next = process.getInputStream().read()) >= 0) {
      read.append((char) next);
    }
    assertThat(read).contains(text);
  }
}
