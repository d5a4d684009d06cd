package io.anynode.captcha.session.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.DeltaSession;
import io.anynode.captcha.session.UnreadableAttributeException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other versions wrote into the folder: read if it is earlier, left alone if it is later. */
class FileVersionsTest {

  @TempDir Path dir;
  private FileStore store;

  @BeforeEach
  void open() {
    store = FileNode.open(dir);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatVersion01WroteIsReadAndClaimed() throws IOException {
    Properties files = new Properties();
    try (var in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/io/anynode/captcha/upgrade/file-0.1.properties"))) {
      files.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    for (String name : files.stringPropertyNames()) {
      Path file = dir.resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, HexFormat.of().parseHex(files.getProperty(name)));
    }
    String id = "vdnlvngk82d62dcehhhmhgqeicevcum8hb3h";

    DeltaSession session = FileNode.load(store, id);

    assertThat(session.<String>getAttribute("user")).isEqualTo("Ada");
    assertThat(session.<Integer>getAttribute("count")).isEqualTo(42);
    assertThat(session.<List<?>>getAttribute("list")).isEqualTo(List.of("a", 1));
    assertThat(store.claim(id, "captcha.1")).isEqualTo("sealed text");
    assertThat(store.agree("captcha.secret", "new")).isEqualTo("agreed by version 0.1");
  }

  @Test
  void aSessionOfALaterVersionIsAbsentAndLeftAloneUntilNobodyCanWantIt() throws IOException {
    String id = saved();
    Path session = new Folder(dir, false).session(id);
    Path meta = session.resolve(Meta.FILE);
    Files.writeString(meta, "2 2026-11-25T16:00:00Z PT48H and more\n");
    age(session, Duration.ofDays(2));
    age(meta, Duration.ofDays(2));

    assertThat(FileNode.sessions(store).findById(id)).isNull();
    assertThat(store.claim(id, "captcha.1")).isNull();
    assertThat(new FileSweep(new Folder(dir, false)).batch()).isZero();
    assertThat(session.resolve(Folder.nameOf("captcha.1"))).exists();

    age(meta, Duration.ofDays(32));
    assertThat(new FileSweep(new Folder(dir, false)).batch()).isOne();
    assertThat(session).doesNotExist();
  }

  @Test
  void anAttributeOfALaterVersionMakesItsSessionAbsentAndIsLeftAlone() throws IOException {
    String id = saved();
    Path file = new Folder(dir, false).session(id).resolve(Folder.nameOf("captcha.1"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] = 2;
    Files.write(file, bytes);

    Assertions.assertThatThrownBy(() -> Attribute.of(bytes, FileNode.codec()))
        .isInstanceOf(UnreadableAttributeException.class);
    assertThat(FileNode.sessions(store).findById(id)).isNull();
    assertThat(store.claim(id, "captcha.1")).isNull();
    assertThat(file).hasBinaryContent(bytes);
  }

  private String saved() {
    DeltaSession session = FileNode.sessions(store).createSession();
    session.setAttribute("captcha.1", "content");
    FileNode.sessions(store).save(session);
    return session.getId();
  }

  private static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }
}
