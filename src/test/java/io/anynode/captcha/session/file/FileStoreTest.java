package io.anynode.captcha.session.file;

import io.anynode.captcha.session.AttributeCodec;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStoreContract;
import io.anynode.captcha.settings.StoreKind;
import io.anynode.captcha.settings.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends SessionStoreContract {

  @TempDir static Path dir;

  @Override
  protected SessionStore openNode() {
    return FileStore.open(
        TestSettings.withDir(TestSettings.session(StoreKind.FILE), dir),
        new AttributeCodec(getClass().getClassLoader(), null));
  }

  @Override
  protected long storedSessions() throws IOException {
    long count = 0;
    for (int shard = 0; shard < 256; shard++) {
      Path folder = new Folder(dir, false).shard(shard);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> sessions = Files.list(folder)) {
          count += sessions.count();
        }
      }
    }
    return count;
  }

  @Override
  protected void damage(String sessionId, String attribute) throws IOException {
    Path file = new Folder(dir, false).session(sessionId).resolve(Folder.nameOf(attribute));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 9 + attribute.length(), bytes.length, (byte) '?'); // the value
    Files.write(file, bytes);
  }
}
