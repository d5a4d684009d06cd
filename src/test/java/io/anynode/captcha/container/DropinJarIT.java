package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the drop-in jar, and what is not. */
class DropinJarIT {

  private static final String OURS = "io/anynode/captcha/";
  private static final List<String> FOREIGN =
      List.of(
          "org/springframework/",
          "redis/clients/",
          "io/micrometer/",
          "io/prometheus/",
          "org/slf4j/",
          "org/postgresql/");
  private static final String LIBRARIES = OURS + "lib/";

  private static List<String> entries() throws IOException {
    List<String> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(DropinJar.path()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries.add(entry.getName());
        }
      }
    }
    return entries;
  }

  @Test
  void nothingIsInItTwice() throws IOException {
    assertThat(entries()).doesNotHaveDuplicates();
  }

  @Test
  void outsideOfItsOwnPackageAreOnlyDescriptorsLicencesAndNotices() throws IOException {
    assertThat(entries())
        .filteredOn(name -> !name.startsWith(OURS) && !name.startsWith("META-INF/"))
        .containsOnly("notice.txt");
    assertThat(entries()).noneMatch(name -> name.startsWith("META-INF/versions/"));
    assertThat(entries())
        .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/licenses/LGPL-2.1.txt");
  }

  @Test
  void everythingItNeedsIsInItAndTheClusterCommandIsNot() throws IOException {
    assertThat(entries())
        .contains(
            OURS + "web/CaptchaInitializer.class",
            LIBRARIES + "org/springframework/session/Session.class",
            LIBRARIES + "redis/clients/jedis/Connection.class",
            LIBRARIES + "com/zaxxer/hikari/HikariDataSource.class",
            LIBRARIES + "org/h2/Driver.class",
            LIBRARIES + "org/postgresql/Driver.class",
            LIBRARIES + "org/mariadb/jdbc/Driver.class",
            LIBRARIES + "io/micrometer/prometheusmetrics/PrometheusMeterRegistry.class",
            LIBRARIES + "org/slf4j/jul/JULServiceProvider.class");
    assertThat(entries()).noneMatch(name -> name.startsWith(OURS + "server/"));
  }

  @Test
  void itsServicesAreItsOwnSaveTheOneThatAContainerLooksFor() throws IOException {
    List<String> services =
        entries().stream().filter(name -> name.startsWith("META-INF/services/")).toList();
    assertThat(services)
        .contains("META-INF/services/jakarta.servlet.ServletContainerInitializer")
        .allMatch(
            name ->
                name.startsWith("META-INF/services/io.anynode.captcha.")
                    || name.endsWith("/jakarta.servlet.ServletContainerInitializer"));
    try (JarFile jar = new JarFile(DropinJar.path().toFile())) {
      for (String service : services) {
        assertThat(lines(jar, service)).isNotEmpty().allMatch(name -> exists(jar, name), service);
      }
    }
  }

  /** One that comes along would have to be named after the package that its library has here. */
  @Test
  void noNativeLibraryIsInItThatWouldHaveToBeFoundByItsName() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("META-INF/native/"))
        .noneMatch(name -> name.matches(".*\\.(so|dll|jnilib|dylib)"));
  }

  @Test
  void noClassRefersToALibraryByTheNameThatAnApplicationsOwnHas() throws IOException {
    List<String> found = new ArrayList<>();
    try (JarFile jar = new JarFile(DropinJar.path().toFile())) {
      Enumeration<? extends ZipEntry> all = jar.entries();
      while (all.hasMoreElements()) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().endsWith(".class")) {
          String constants =
              new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
          // A type's name stands behind the L of a descriptor. Kotlin's compiler has its own
          // texts beside those, which nothing but Kotlin reads.
          if (!constants.contains("Lkotlin/Metadata;")
              && FOREIGN.stream().anyMatch(library -> constants.contains("L" + library))) {
            found.add(entry.getName());
          }
        }
      }
    }
    assertThat(found)
        .as("these two keep signatures as texts, for what is not done here")
        .containsOnly(
            LIBRARIES + "org/springframework/core/convert/TypeDescriptor.class",
            LIBRARIES
                + "org/springframework/data/mapping/model/"
                + "ClassGeneratingPropertyAccessorFactory$PropertyAccessorClassGenerator.class");
  }

  @Test
  void itDrawsAndSpeaksWithWhatItHasOfSimplecaptcha() throws Exception {
    assertThat(entries()).noneMatch(name -> name.contains("apiclub/captcha/filter/"));
    assertThat(entries()).noneMatch(name -> name.startsWith("sounds/"));
    URL[] jar = {DropinJar.path().toUri().toURL()};
    try (URLClassLoader alone = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Class<?> pictures = alone.loadClass("io.anynode.captcha.render.SimpleCaptchaPictures");
      Object drawing = pictures.getConstructor(int.class, int.class).newInstance(200, 60);
      Class<?> sounds = alone.loadClass("io.anynode.captcha.render.SpokenSounds");
      Object speaking = sounds.getConstructor().newInstance();
      assertThat((byte[]) method(pictures, "draw").invoke(drawing, "ACE79", 1L))
          .startsWith(0x89, 'P', 'N', 'G');
      assertThat((byte[]) method(sounds, "speak").invoke(speaking, "ACE79", 1L))
          .startsWith('R', 'I', 'F', 'F');
    }
  }

  private static Method method(Class<?> type, String name) throws NoSuchMethodException {
    return type.getMethod(name, String.class, long.class);
  }

  private static List<String> lines(JarFile jar, String entry) throws IOException {
    return new String(
            jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceAll("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static boolean exists(JarFile jar, String className) {
    return jar.getEntry(className.replace('.', '/') + ".class") != null;
  }
}
