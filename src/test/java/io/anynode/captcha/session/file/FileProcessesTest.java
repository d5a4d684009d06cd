package io.anynode.captcha.session.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.DeltaSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder shared by processes, one of which may end at any moment. */
class FileProcessesTest {

  @TempDir Path dir;
  private FileStore store;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void open() {
    store = FileNode.open(dir);
  }

  @AfterEach
  void close() {
    started.forEach(Process::destroyForcibly);
    store.close();
  }

  private Process start(String shell, String mode, String id) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            shell + "exec \"$@\"",
            "sh",
            java,
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            FileNode.class.getName(),
            mode,
            dir.toString(),
            id);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    return process;
  }

  private static void awaitReady(Process process) throws IOException {
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
  }

  private static void begin(Process... processes) throws IOException {
    String soon = (System.currentTimeMillis() + 300) + "\n";
    for (Process process : processes) {
      process.getOutputStream().write(soon.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    }
  }

  private static List<String> rest(Process process) throws Exception {
    try (BufferedReader output = process.inputReader()) {
      List<String> lines = output.lines().toList();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return lines;
    }
  }

  private String saved(DeltaSession session) {
    FileNode.sessions(store).save(session);
    return session.getId();
  }

  @Test
  void processesThatRaceForClaimsShareThemOutWithoutOverlap() throws Exception {
    DeltaSession session = FileNode.sessions(store).createSession();
    for (int i = 0; i < FileNode.CLAIMS; i++) {
      session.setAttribute("captcha." + i, "content " + i);
    }
    String id = saved(session);

    Process one = start("", "claim", id);
    Process two = start("", "claim", id);
    awaitReady(one);
    awaitReady(two);
    begin(one, two);
    List<String> won = new ArrayList<>(rest(one));
    won.addAll(rest(two));

    assertThat(won)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, FileNode.CLAIMS).mapToObj(String::valueOf).toList());
  }

  @Test
  void ofTwoProcessesThatRotateOneSessionAtOnceOneDoesAndNothingIsLost() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      DeltaSession session = FileNode.sessions(store).createSession();
      session.setAttribute("cart", "full");
      ids.add(saved(session));
    }

    Process one = start("", "rotate", String.join(",", ids));
    Process two = start("", "rotate", String.join(",", ids));
    awaitReady(one);
    awaitReady(two);
    begin(one, two);
    List<String> rotated = new ArrayList<>(rest(one));
    rotated.addAll(rest(two));

    assertThat(ids).allMatch(id -> FileNode.sessions(store).findById(id) == null);
    List<DeltaSession> left =
        rotated.stream().map(FileNode.sessions(store)::findById).filter(Objects::nonNull).toList();
    assertThat(left).hasSameSizeAs(ids);
    assertThat(left)
        .allMatch(session -> "full".equals(session.<String>getAttribute("cart")))
        .allMatch(session -> "Ada".equals(session.<String>getAttribute("user")));
  }

  @Test
  void aProcessKilledInMidWriteLeavesTheOldRecord() throws Exception {
    String id = saved(FileNode.sessions(store).createSession());
    for (int i = 0; i < 3; i++) {
      Process writer = start("", "write", id);
      awaitReady(writer);
      begin(writer);
      assertThat(writer.inputReader().readLine()).isEqualTo("saved");
      writer.destroyForcibly().waitFor();

      String read = FileNode.load(store, id).getRequiredAttribute("big");

      assertThat(read).isEqualTo(read.substring(0, 1).repeat(FileNode.LENGTH));
    }
  }

  @Test
  void aWriteThatFindsNoSpaceLeavesTheOldRecordAndSaysWhatToDo() throws Exception {
    DeltaSession session = FileNode.sessions(store).createSession();
    session.setAttribute("big", "old");
    String id = saved(session);

    // The shell's limit on a file's size stands for a full disk: the write fails halfway.
    Process writer = start("ulimit -f 100; ", "write", id);
    awaitReady(writer);
    begin(writer);

    assertThat(rest(writer)).singleElement().asString().contains("captcha.session.file.dir");
    assertThat(FileNode.load(store, id).<String>getAttribute("big")).isEqualTo("old");
    assertThat(dir.resolve("sessions").toFile()).isDirectory();
  }
}
