package io.anynode.captcha.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What threads waited for, by the JVM's own account: each lock that another thread had, and each
 * time that a thread was parked, however short.
 */
final class LockEvents {

  private static final String OURS = "io.anynode.captcha.";
  private static final String BENCH = LockEvents.class.getPackageName();

  /**
   * What was waited for.
   *
   * @param lock whether it is a lock, and not an answer or a connection
   * @param type the class of what was waited for
   * @param where the innermost method of ours on the way there
   */
  record Wait(boolean lock, String type, String where) {}

  /** How often, and how long together. */
  record Waited(long times, Duration together) {
    Waited plus(Duration more) {
      return new Waited(times + 1, together.plus(more));
    }
  }

  private LockEvents() {}

  /**
   * Records what threads wait for while something runs.
   *
   * @param threads what the names of the threads begin with that count
   * @return those waited for longest first
   */
  static Map<Wait, Waited> during(Path file, String threads, Runnable work) throws IOException {
    try (Recording recording = new Recording()) {
      for (String event : List.of("jdk.JavaMonitorEnter", "jdk.ThreadPark")) {
        recording.enable(event).withThreshold(Duration.ZERO).withStackTrace();
      }
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    Map<Wait, Waited> waits = new LinkedHashMap<>();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        RecordedThread thread = event.getThread();
        if (thread != null && String.valueOf(thread.getJavaName()).startsWith(threads)) {
          waits.merge(
              wait(event),
              new Waited(1, event.getDuration()),
              (known, one) -> known.plus(one.together()));
        }
      }
    }
    List<Map.Entry<Wait, Waited>> sorted = new ArrayList<>(waits.entrySet());
    sorted.sort(Map.Entry.comparingByValue((a, b) -> b.together().compareTo(a.together())));
    Map<Wait, Waited> longestFirst = new LinkedHashMap<>();
    sorted.forEach(entry -> longestFirst.put(entry.getKey(), entry.getValue()));
    return longestFirst;
  }

  private static Wait wait(RecordedEvent event) {
    boolean monitor = event.getEventType().getName().equals("jdk.JavaMonitorEnter");
    RecordedClass type = event.getClass(monitor ? "monitorClass" : "parkedClass");
    String name = type == null ? "unknown" : type.getName();
    // A condition is waited for until somebody has something to say, not until a lock is free.
    boolean locks =
        name.startsWith("java.util.concurrent.locks.") && !name.endsWith("$ConditionObject");
    return new Wait(monitor || locks, name, where(event));
  }

  private static String where(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return "unknown";
    }
    String innermost = "";
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      String method = type + "." + frame.getMethod().getName();
      if (innermost.isEmpty()) {
        innermost = method;
      }
      if (type.startsWith(OURS) && !type.startsWith(BENCH)) {
        return method.substring(OURS.length());
      }
    }
    return innermost;
  }
}
