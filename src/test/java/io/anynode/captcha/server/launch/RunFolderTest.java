package io.anynode.captcha.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path temporary;

  @Test
  void aWarIsUnpackedForItsOwnerAndGoneAtTheEnd() throws IOException {
    Path war = war("WEB-INF/lib/a.jar");
    RunFolder folder = RunFolder.create(temporary);

    Path unpacked = folder.unpack(war, "application");

    assertThat(unpacked.resolve("WEB-INF/lib/a.jar")).hasContent("content");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    folder.close();
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void aWarWithAPathThatLeadsOutIsRefused() throws IOException {
    Path war = war("../../escaped");
    try (RunFolder folder = RunFolder.create(temporary)) {
      assertThatThrownBy(() -> folder.unpack(war, "application"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("../../escaped");
      assertThat(temporary.resolve("escaped")).doesNotExist();
    }
  }

  @Test
  void whatAKilledRunLeftIsSweptAndNothingElse() throws IOException {
    Path killed = left("anynode-captcha-1", Duration.ofHours(1));
    Path justBegun = left("anynode-captcha-2", Duration.ZERO);
    Path foreign = left("other", Duration.ofHours(1));
    Path linked = Files.createSymbolicLink(temporary.resolve("anynode-captcha-3"), foreign);
    try (RunFolder running = RunFolder.create(temporary)) {
      age(running.path().resolve("lock"), Duration.ofHours(1));

      RunFolder.create(temporary).close();

      assertThat(killed).doesNotExist();
      assertThat(justBegun).isDirectoryContaining("glob:**/lock");
      assertThat(foreign).isDirectoryContaining("glob:**/lock");
      assertThat(linked).isSymbolicLink();
      assertThat(running.path()).isDirectory();
    }
  }

  private Path left(String name, Duration ago) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    age(Files.createFile(folder.resolve("lock")), ago);
    return folder;
  }

  private static void age(Path file, Duration ago) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
  }

  private Path war(String entry) throws IOException {
    Path war = temporary.resolve("test.war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write("content".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return war;
  }
}
