package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Scanner;
import org.springframework.session.SessionRepository;

/** A node in a process of its own: {@code FileNode <claim|rotate|write> <folder> <session id>}. */
final class FileNode {

  static final int CLAIMS = 1_000;
  static final int LENGTH = 1 << 20;

  private FileNode() {}

  /** A node whose own sweeper does not get in a test's way. */
  static FileStore open(Path dir) {
    SessionSettings settings = TestSettings.withDir(TestSettings.session(StoreKind.FILE), dir);
    return FileStore.open(TestSettings.withCleanup(settings, Duration.ofHours(1)), codec());
  }

  static AttributeCodec codec() {
    return new AttributeCodec(FileNode.class.getClassLoader(), null);
  }

  @SuppressWarnings("unchecked")
  static SessionRepository<DeltaSession> sessions(SessionStore store) {
    return (SessionRepository<DeltaSession>) store.sessions();
  }

  static DeltaSession load(SessionStore store, String id) {
    return Objects.requireNonNull(sessions(store).findById(id));
  }

  /** Says that it is ready, and begins at the time that its standard input names, in epoch ms. */
  public static void main(String[] args) {
    try (FileStore store = open(Path.of(args[1]))) {
      System.out.println("ready");
      long begin = new Scanner(System.in, StandardCharsets.US_ASCII).nextLong();
      if (args[0].equals("claim")) {
        claim(store, args[2], begin);
      } else if (args[0].equals("rotate")) {
        rotate(store, args[2].split(","), begin);
      } else {
        write(store, args[2]);
      }
    }
  }

  /** One claim a millisecond, in step with other processes; prints those that it won. */
  private static void claim(FileStore store, String id, long begin) {
    for (int i = 0; i < CLAIMS; i++) {
      while (System.currentTimeMillis() < begin + i) {
        Thread.onSpinWait();
      }
      if (store.claim(id, "captcha." + i) != null) {
        System.out.println(i);
      }
    }
  }

  /** One rotation a millisecond, in step with other processes; prints each new id. */
  private static void rotate(FileStore store, String[] ids, long begin) {
    for (int i = 0; i < ids.length; i++) {
      DeltaSession session = sessions(store).findById(ids[i]);
      while (System.currentTimeMillis() < begin + 2L * i) {
        Thread.onSpinWait();
      }
      if (session != null) {
        session.setAttribute("user", "Ada");
        System.out.println(session.changeSessionId());
        sessions(store).save(session);
      }
    }
  }

  /** Overwrites an attribute for ever, or until the store refuses. */
  private static void write(FileStore store, String id) {
    DeltaSession session = load(store, id);
    try {
      for (int i = 0; true; i++) {
        session.setAttribute("big", String.valueOf(i % 10).repeat(LENGTH));
        sessions(store).save(session);
        System.out.println("saved");
      }
    } catch (StoreUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }
}
