package io.anynode.captcha.web;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.jasper.servlet.JasperInitializer;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** JSP pages for an application. */
final class Pages {

  private Pages() {}

  /** Lets the application have pages at all. */
  static void enable(Context context) {
    context.addServletContainerInitializer(new JasperInitializer(), null);
  }

  /** Lets the application have our own tags, which a container would find in a jar. */
  static void enableTags(Context context) {
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanAllDirectories(true); // the classes are not in a jar yet
    scanner.setScanManifest(false);
    scanner.setJarScanFilter((type, name) -> name.equals("classes")); // of hundreds of the tests
    context.setJarScanner(scanner);
    context.setConfigFile(null); // the WAR's own has a scanner for jars
  }

  /** Adds a page. */
  static void add(Context context, String path, String jsp) {
    Path file = new File(context.getDocBase()).toPath().resolve(path.substring(1));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, jsp);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
