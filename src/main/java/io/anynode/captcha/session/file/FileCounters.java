package io.anynode.captcha.session.file;

import io.anynode.captcha.session.Counters;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts as folders of empty files, whose names say how much each adds and when it is forgotten:
 * nothing is ever rewritten, so that no addition is lost. Two nodes that add at once each see the
 * other's, or one of them does: a count is never told too low to the last.
 */
final class FileCounters implements Counters {

  /** A count's folder may be swept between two steps; after so many rounds it is not that. */
  private static final int ROUNDS = 5;

  /** What clocks may differ by; an end further ahead was told by one that is wrong. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,9})-.*");

  private final Folder folder;
  private final Faults faults;

  /** Turns the folder's faults into the store's. */
  interface Faults {
    /**
     * Does it.
     *
     * @throws io.anynode.captcha.session.StoreUnavailableException for any I/O exception
     */
    <T> T translating(Step<T> step);
  }

  /** A step that reaches the folder. */
  interface Step<T> {
    /** Does it. */
    T take() throws IOException;
  }

  private record Added(Path file, long ends, long amount) {}

  FileCounters(Folder folder, Faults faults) {
    this.folder = folder;
    this.faults = faults;
  }

  @Override
  public Count add(String name, long amount, Duration window) {
    return faults.translating(() -> added(folder.count(name), amount, window));
  }

  private Count added(Path count, long amount, Duration window) throws IOException {
    long now = System.currentTimeMillis();
    long newEnd = now + window.toMillis();
    long latest = newEnd + SKEW.toMillis();
    long ends =
        live(count, now).stream()
            .mapToLong(Added::ends)
            .filter(end -> end <= latest)
            .min()
            .orElse(newEnd);
    create(count, ends + "-" + amount + "-" + UUID.randomUUID());
    long total =
        live(count, now).stream()
            .filter(added -> added.ends() <= latest)
            .mapToLong(Added::amount)
            .sum();
    return new Count(total, Duration.ofMillis(Math.min(ends - now, window.toMillis())));
  }

  private void create(Path count, String name) throws IOException {
    for (int round = 1; ; round++) {
      folder.provide(count);
      try {
        folder.write(count.resolve(name), new byte[0], false);
        return;
      } catch (NoSuchFileException e) {
        if (round == ROUNDS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void takeBack(String name, long amount) {
    boolean unused = faults.translating(() -> takenBack(folder.count(name), amount));
  }

  private static boolean takenBack(Path count, long amount) throws IOException {
    for (Added added : live(count, System.currentTimeMillis())) {
      if (added.amount() == amount && Files.deleteIfExists(added.file())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<Long> read(List<String> names) {
    return faults.translating(
        () -> {
          folder.requireThere();
          List<Long> totals = new ArrayList<>();
          for (String name : names) {
            List<Added> live = live(folder.count(name), System.currentTimeMillis());
            totals.add(live.stream().mapToLong(Added::amount).sum());
          }
          return totals;
        });
  }

  /** Removes what is forgotten. */
  void sweep() throws IOException {
    try (DirectoryStream<Path> counts = Files.newDirectoryStream(folder.counts())) {
      for (Path count : counts) {
        sweep(count);
      }
    } catch (NoSuchFileException e) {
      return; // nothing was ever counted here
    }
  }

  private static void sweep(Path count) throws IOException {
    long now = System.currentTimeMillis();
    List<Path> files = files(count);
    int left = files.size();
    for (Path file : files) {
      Added added = added(file);
      if (added == null || added.ends() <= now) {
        Files.deleteIfExists(file);
        left--;
      }
    }
    if (left == 0) {
      try {
        Files.deleteIfExists(count);
      } catch (DirectoryNotEmptyException e) {
        return; // counted on meanwhile
      }
    }
  }

  private static List<Added> live(Path count, long now) throws IOException {
    List<Added> live = new ArrayList<>();
    for (Path file : files(count)) {
      Added added = added(file);
      if (added != null && added.ends() > now) {
        live.add(added);
      }
    }
    return live;
  }

  private static List<Path> files(Path count) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(count)) {
      entries.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause(); // a fault of the folder like any other
    }
    return files;
  }

  private static @Nullable Added added(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        ? new Added(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
        : null;
  }
}
