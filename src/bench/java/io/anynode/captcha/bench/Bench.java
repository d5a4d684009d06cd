package io.anynode.captcha.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.anynode.captcha.render.PictureGoals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs the parts of the benchmark: {@code <folder>} for the results; {@code -Dquick} for five
 * minutes, {@code -Dbench.only=<name>,<name>} for some parts alone. Ends with status 1 if a goal
 * that counts is missed, or a part cannot be run.
 */
final class Bench {

  private final Run run;
  private final List<Sheet> sheets = new ArrayList<>();
  private final Map<String, Exception> failed = new LinkedHashMap<>();

  private Bench(Run run) {
    this.run = run;
  }

  public static void main(String[] arguments) throws IOException {
    String quick = System.getProperty("quick", "false");
    Run run =
        new Run(Files.createDirectories(Path.of(arguments[0])), !quick.equals("false"));
    Bench bench = new Bench(run);
    String only = System.getProperty("bench.only", "");
    Set<String> names = Set.of(only.split(","));
    for (Part part : parts()) {
      if (only.isEmpty() || names.contains(part.name())) {
        bench.measure(part);
      }
    }
    System.exit(bench.end() ? 0 : 1);
  }

  /** In the order in which they are run. */
  private static List<Part> parts() {
    return List.of(
        new PictureGoals(),
        new WholeRounds(),
        new Unguarded(),
        new Locks(),
        new Deployed(),
        new Memory(),
        new StoredBytes(),
        new Growth());
  }

  private void measure(Part part) throws IOException {
    Sheet sheet = new Sheet(part.name());
    sheets.add(sheet);
    System.out.println("\n== " + part.name());
    Instant begun = Instant.now();
    try {
      part.measure(sheet, run);
    } catch (Exception e) {
      failed.put(part.name(), e);
      e.printStackTrace();
    }
    List<String> lines = Markdown.of(sheet);
    lines.forEach(System.out::println);
    System.out.println("It took " + Duration.between(begun, Instant.now()).toSeconds() + " s.");
    Files.write(run.folder().resolve(part.name() + ".md"), lines);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(run.folder().resolve(part.name() + ".json").toFile(), json(sheet));
  }

  private static Map<String, Object> json(Sheet sheet) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", sheet.name());
    json.put("goals", sheet.goals());
    json.put("tables", sheet.tables());
    json.put("plots", sheet.plots());
    json.put("bars", sheet.bars());
    json.put("notes", sheet.notes());
    return json;
  }

  /** Prints all goals; tells whether all that count are met. */
  private boolean end() throws IOException {
    List<Goal> goals = sheets.stream().flatMap(sheet -> sheet.goals().stream()).toList();
    List<String> lines = Markdown.goals(goals);
    System.out.println("\n== goals");
    lines.forEach(System.out::println);
    failed.forEach((part, why) -> System.out.println(part + " could not be measured: " + why));
    Files.write(run.folder().resolve("goals.md"), lines);
    Path page = run.folder().resolve("index.html");
    Files.writeString(page, Page.of(sheets, List.of(Machine.words(run))));
    System.out.println("The page is " + page);
    return failed.isEmpty() && goals.stream().allMatch(goal -> goal.met() || !goal.counts());
  }
}
