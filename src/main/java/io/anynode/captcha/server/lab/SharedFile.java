package io.anynode.captcha.server.lab;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file that the workers of rows 5 and 6 share: each appends what it changed, a line a change,
 * and reads what the others have appended since it last looked.
 */
final class SharedFile {

  private final Path file;
  private final String worker;
  private long read;

  /**
   * A file, which is made when it is first written to.
   *
   * @param worker who writes: a name without spaces
   */
  SharedFile(Path file, String worker) {
    this.file = file;
    this.worker = worker;
  }

  /**
   * Appends a line in one write, which the system does not mix with another's.
   *
   * @param words none of them with a space or a line's end in it
   */
  void append(String... words) {
    String line = worker + ' ' + String.join(" ", words) + '\n';
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the other workers' new lines, in order. */
  synchronized void readOthers(Consumer<List<String>> change) {
    String text;
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, READ)) {
      ByteBuffer fresh = ByteBuffer.allocate((int) (channel.size() - read));
      while (fresh.hasRemaining() && channel.read(fresh, read + fresh.position()) >= 0) {
        // Until there is no more.
      }
      text = new String(fresh.array(), 0, fresh.position(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int end = text.lastIndexOf('\n') + 1; // what is behind it is half a line
    read += end;
    text.substring(0, end)
        .lines()
        .map(line -> Arrays.asList(line.split(" ", -1)))
        .filter(words -> !words.get(0).equals(worker))
        .map(words -> words.subList(1, words.size()))
        .forEach(change);
  }
}
