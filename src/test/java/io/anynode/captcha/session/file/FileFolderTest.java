package io.anynode.captcha.session.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.LogLines;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.settings.SessionSettings;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.session.SessionRepository;

/** What lies in the folder, and what happens when the folder itself is at fault. */
class FileFolderTest {

  @TempDir Path temp;
  private Path dir;
  private FileStore store;
  private SessionRepository<DeltaSession> sessions;

  @BeforeEach
  void open() throws IOException {
    dir = Files.createDirectory(temp.resolve("shared"));
    store = FileNode.open(dir);
    sessions = FileNode.sessions(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private DeltaSession saved() {
    DeltaSession session = sessions.createSession();
    session.setAttribute("start", "s");
    sessions.save(session);
    return session;
  }

  private Path folderOf(DeltaSession session) {
    return new Folder(dir, false).session(session.getId());
  }

  @Test
  void everythingIsTheOwnersAlone() throws IOException {
    DeltaSession session = saved();
    session.setMaxInactiveInterval(Duration.ofMinutes(5));
    session.setAttribute("start", "changed");
    sessions.save(session);
    store.agree("secret", "value");

    try (Stream<Path> all = Files.walk(dir)) {
      assertThat(all.filter(path -> !path.equals(dir)))
          .hasSizeGreaterThan(7)
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void aFolderThatOthersMayWriteToIsWarnedOfOnce() throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (LogLines log = LogLines.of(Folder.class)) {
      DeltaSession unused = saved();
      unused = saved();
      assertThat(log.with("Others may write")).singleElement().asString().contains("chmod 700");
    }
  }

  @Test
  void aFolderThatSyncsKeepsAllItsPromises() throws IOException {
    SessionSettings settings = TestSettings.withDir(TestSettings.session(StoreKind.FILE), dir);
    try (FileStore syncing = FileStore.open(TestSettings.withSync(settings), FileNode.codec())) {
      DeltaSession session = FileNode.sessions(syncing).createSession();
      session.setAttribute("captcha.1", "content");
      session.setAttribute("start", "s");
      FileNode.sessions(syncing).save(session);
      session.removeAttribute("start");
      String after = session.changeSessionId();
      FileNode.sessions(syncing).save(session);

      assertThat(FileNode.load(store, after).getAttributeNames()).containsExactly("captcha.1");
      assertThat(syncing.claim(after, "captcha.1")).isEqualTo("content");
      assertThat(store.claim(after, "captcha.1")).isNull();
      FileNode.sessions(syncing).deleteById(after);
      assertThat(sessions.findById(after)).isNull();
    }
  }

  @Test
  void nothingIsNamedByTheIdOfASession() throws IOException {
    DeltaSession session = saved();

    try (Stream<Path> all = Files.walk(dir)) {
      assertThat(all.map(Path::toString)).noneMatch(path -> path.contains(session.getId()));
    }
  }

  @Test
  void whatAKilledWriterLeftIsNoPartOfTheSession() throws IOException {
    DeltaSession session = saved();
    Files.writeString(folderOf(session).resolve("0b5e55ed-0000.tmp"), "half a rec");

    assertThat(FileNode.load(store, session.getId()).getAttributeNames()).containsExactly("start");
  }

  @Test
  void aFileCutShortMakesItsSessionAbsent() throws IOException {
    DeltaSession cut = saved();
    DeltaSession empty = saved();
    DeltaSession whole = saved();
    Path attribute = folderOf(cut).resolve(Folder.nameOf("start"));
    byte[] bytes = Files.readAllBytes(attribute);
    Files.write(attribute, Arrays.copyOf(bytes, bytes.length - 1));
    Files.write(folderOf(empty).resolve(Meta.FILE), new byte[0]);

    assertThat(sessions.findById(cut.getId())).isNull();
    assertThat(store.claim(cut.getId(), "start")).isNull();
    assertThat(sessions.findById(empty.getId())).isNull();
    assertThat(store.claim(empty.getId(), "start")).isNull();
    assertThat(FileNode.load(store, whole.getId()).<String>getAttribute("start")).isEqualTo("s");
  }

  @Test
  void anExpiredSessionThatNoSweepHasFoundYetIsAbsentAndHoldsNothingToClaim() {
    DeltaSession session = saved();
    session.setLastAccessedTime(Instant.now().minus(Duration.ofDays(1)));
    sessions.save(session);

    assertThat(folderOf(session)).exists();
    assertThat(sessions.findById(session.getId())).isNull();
    assertThat(store.claim(session.getId(), "start")).isNull();
  }

  @Test
  void aSweepGoesThroughTheWholeFolderInBatches() {
    for (int i = 0; i < 250; i++) {
      DeltaSession session = sessions.createSession();
      session.setLastAccessedTime(Instant.now().minus(Duration.ofDays(1)));
      sessions.save(session);
    }
    DeltaSession alive = saved();
    FileSweep sweep = new FileSweep(new Folder(dir, false));

    assertThat(List.of(sweep.batch(), sweep.batch(), sweep.batch(), sweep.batch()))
        .containsExactly(100, 100, 50, 0);
    assertThat(sweep.batch()).isZero();
    assertThat(sessions.findById(alive.getId())).isNotNull();
  }

  @Test
  void theTimeOfASweepIsNoLaterThanTheFileSystems() throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    Instant now = new Folder(dir, false).earlier();
    assertThat(now).isBetween(before, Instant.now());
    assertThat(dir.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aSweepErasesWhatWasForgottenForAnHourAndNothingYounger() throws IOException {
    DeltaSession damaged = saved();
    DeltaSession damagedNow = saved();
    Path oldBuild = Files.createDirectory(dir.resolve("tmp/old"));
    Files.writeString(oldBuild.resolve("meta"), "half");
    Path oldFile = Files.writeString(dir.resolve("tmp/old-file"), "half");
    Path young = Files.createDirectory(dir.resolve("tmp/young"));
    for (DeltaSession session : List.of(damaged, damagedNow)) {
      Files.writeString(folderOf(session).resolve(Meta.FILE), "?");
    }
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path old : List.of(oldBuild, oldFile, folderOf(damaged))) {
      Files.setLastModifiedTime(old, longAgo);
    }

    FileSweep sweep = new FileSweep(new Folder(dir, false));
    while (sweep.batch() > 0) {}

    assertThat(List.of(oldBuild, oldFile, folderOf(damaged))).allMatch(Files::notExists);
    assertThat(List.of(young, folderOf(damagedNow))).allMatch(Files::exists);
  }

  @Test
  void aFileThatCannotGoYetDoesNotKeepASessionAlive() throws IOException {
    DeltaSession session = saved();
    // As when an NFS client keeps a deleted file that it has open: its folder is not empty.
    Path kept = Files.createDirectory(folderOf(session).resolve(".nfs0001"));
    Files.writeString(kept.resolve("open"), "");

    sessions.deleteById(session.getId());

    assertThat(sessions.findById(session.getId())).isNull();
    assertThat(new FileSweep(new Folder(dir, false)).batch()).isZero();
  }

  @Test
  void aLoadShowsAWholeSessionOrNoneWhileItIsRotatedAndDeleted() throws Exception {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < 100; round++) {
        DeltaSession session = sessions.createSession();
        for (int i = 0; i < 20; i++) {
          session.setAttribute("attribute" + i, i);
        }
        sessions.save(session);
        String before = session.getId();
        String after = session.changeSessionId();
        Future<?> reading = reader.submit(() -> readsWholeUntilAbsent(before));
        sessions.save(session);
        reading.get();
        reading = reader.submit(() -> readsWholeUntilAbsent(after));
        sessions.deleteById(after);
        reading.get();
      }
    } finally {
      reader.shutdownNow();
    }
  }

  private void readsWholeUntilAbsent(String id) {
    DeltaSession read;
    while ((read = sessions.findById(id)) != null) {
      assertThat(read.getAttributeNames()).hasSize(20);
    }
  }

  @Test
  void aFolderThatIsGoneIsAFaultOfTheStoreAndNoAbsentSession() throws IOException {
    DeltaSession session = saved();
    Path away = Files.move(dir, temp.resolve("away"));

    assertFaults(session);

    Files.move(away, dir);
    assertThat(store.claim(session.getId(), "start")).isEqualTo("s");
  }

  @Test
  void aFileInPlaceOfTheFolderIsAFaultOfTheStore() throws IOException {
    DeltaSession session = saved();
    Files.move(dir, temp.resolve("away"));
    Files.writeString(dir, "no folder");

    assertFaults(session);
  }

  private void assertFaults(DeltaSession session) {
    session.setAttribute("start", "changed");
    List<ThrowingCallable> steps =
        List.of(
            () -> sessions.findById(session.getId()),
            () -> sessions.save(session),
            () -> sessions.save(sessions.createSession()),
            () -> sessions.deleteById(session.getId()),
            () -> store.claim(session.getId(), "start"),
            () -> store.agree("secret", "value"));
    assertThat(steps)
        .allSatisfy(
            step ->
                assertThatThrownBy(step)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("captcha.session.file.dir")
                    .hasMessageNotContaining(session.getId()));
  }
}
