package io.anynode.captcha.server;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The cluster over a shared folder. */
class FileRoundIT extends ClusterContract {

  @TempDir static Path folder;

  @Override
  Map<String, String> settings() {
    return Map.of("captcha.session.store", "file", "captcha.session.file.dir", folder.toString());
  }
}
