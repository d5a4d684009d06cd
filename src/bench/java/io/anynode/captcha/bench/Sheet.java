package io.anynode.captcha.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a part of the benchmark found: tables, plots and goals, in the order in which they are to be
 * read. For one thread.
 */
public final class Sheet {

  /**
   * A table.
   *
   * @param title stands above it
   * @param columns the first is the rows' names
   */
  public record Table(String title, List<String> columns, List<List<String>> rows) {}

  /**
   * Points of one kind.
   *
   * @param points each {@code [x, y]}
   */
  public record Series(String name, List<double[]> points) {}

  /**
   * A plot of lines.
   *
   * @param x what goes from left to right
   * @param y what goes upwards, from 0 on
   * @param logX whether each step to the right is one and the same factor
   */
  public record Plot(String title, String x, String y, boolean logX, List<Series> series) {}

  /** Bars side by side, in this order; those of ours have names that begin so. */
  public record Bars(String title, Map<String, Double> bars) {}

  private final String name;
  private final List<Bars> bars = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private final List<Goal> goals = new ArrayList<>();

  /** An empty sheet of a part. */
  public Sheet(String name) {
    this.name = name;
  }

  /** Adds a sentence: how something was measured, or why something is missing. */
  public void note(String sentence) {
    notes.add(sentence);
  }

  /** Begins a table, and adds rows to what it returns. */
  public Rows table(String title, String... columns) {
    Table table = new Table(title, List.of(columns), new ArrayList<>());
    tables.add(table);
    return cells -> table.rows().add(Arrays.stream(cells).map(Sheet::cell).toList());
  }

  /** Takes rows. */
  public interface Rows {
    /** Adds one: numbers are written with as many digits as say something. */
    void row(Object... cells);
  }

  private static String cell(Object value) {
    return value instanceof Number number ? Goal.number(number.doubleValue()) : value.toString();
  }

  /** Adds a plot. */
  public void plot(Plot plot) {
    plots.add(plot);
  }

  /** Adds bars. */
  public void bars(String title, Map<String, Double> values) {
    bars.add(new Bars(title, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
  }

  /** Adds a goal that fails the benchmark when it is missed: a ratio, or bytes. */
  public void atMost(String what, double asked, double found) {
    goals.add(new Goal(what, true, asked, found, true));
  }

  /** Adds a goal that fails the benchmark when it is missed: a ratio, or bytes. */
  public void atLeast(String what, double asked, double found) {
    goals.add(new Goal(what, false, asked, found, true));
  }

  /** Adds a goal in seconds or parts of them, which a slow machine may miss. */
  public void timeAtMost(String what, double asked, double found) {
    goals.add(new Goal(what, true, asked, found, false));
  }

  /** The part's name. */
  public String name() {
    return name;
  }

  /** Sentences. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Tables. */
  public List<Table> tables() {
    return List.copyOf(tables);
  }

  /** Plots. */
  public List<Plot> plots() {
    return List.copyOf(plots);
  }

  /** Bars. */
  public List<Bars> bars() {
    return List.copyOf(bars);
  }

  /** Goals. */
  public List<Goal> goals() {
    return List.copyOf(goals);
  }
}
