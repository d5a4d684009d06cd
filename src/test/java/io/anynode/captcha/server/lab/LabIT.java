package io.anynode.captcha.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anynode.captcha.real.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of the lab: the facts that hold on any machine. */
class LabIT {

  private static final Path WAR = Path.of("target", "captcha.war").toAbsolutePath();
  private static final int WORKERS = 3;
  private static final int LEAST = 150;

  @TempDir Path folder;

  private record Ended(int status, String out, String err) {}

  private Ended lab(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(List.of("-jar", WAR.toString(), "lab"));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(15, TimeUnit.MINUTES)).as(Files.readString(err)).isTrue();
    } finally {
      process.destroy();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void theFactsOfTheTableHoldOnAnyMachine() throws Exception {
    Ended ended =
        lab(
            "--rows=1,2,4a,6,7,8,9,11b",
            "--workers=" + WORKERS,
            "--users=24",
            "--front=builtin",
            "--think=500",
            "--warm-up=500",
            "--window=1500",
            "--least=" + LEAST,
            "--repeats=1",
            "--store=" + RealRedis.singleUri(),
            "--json");
    assertThat(ended.status()).as(ended.err()).isZero();
    JsonNode rows = new ObjectMapper().readTree(ended.out()).get("rows");
    assertThat(rows).extracting(row -> row.get("row").asText()).hasSize(8);

    // Chance, so four standard deviations of as many samples as there are.
    JsonNode fault = row(rows, "1");
    int rounds = fault.get("rounds").asInt();
    double expected = 1.0 / WORKERS;
    assertThat(rounds).isGreaterThanOrEqualTo(LEAST);
    assertThat(median(fault, "acceptedPercent"))
        .isCloseTo(100 * expected, within(400 * Math.sqrt(expected * (1 - expected) / rounds)));
    assertThat(median(fault, "acceptedPercent") + median(fault, "elsewherePercent"))
        .as("accepted is what its issuer verifies")
        .isCloseTo(100, within(1.0));
    assertThat(fault.get("seenElsewhereMillis")).isEmpty();

    for (String sticky : List.of("2", "4a")) {
      assertThat(row(rows, sticky).get("refusals")).as(sticky).isEmpty();
      assertThat(median(row(rows, sticky), "elsewherePercent")).as(sticky).isZero();
    }
    assertThat(median(row(rows, "2"), "maxByMean"))
        .as("a school on one worker")
        .isGreaterThan(median(row(rows, "9"), "maxByMean"));

    // Cookies are given in turn, so that each worker has a third of sixty.
    JsonNode crash = row(rows, "4a").get("crash");
    assertThat(crash.get("loggedIn").asInt()).isEqualTo(60);
    assertThat(crash.get("open").asInt()).isEqualTo(60);
    assertThat(crash.get("loggedInLost").asInt()).isBetween(15, 25);
    assertThat(crash.get("openLost").asInt()).isBetween(15, 25);
    assertThat(row(rows, "1").get("crash").get("loggedIn").asInt()).isGreaterThan(40);

    for (String shared : List.of("6", "7", "8", "9")) {
      JsonNode killed = row(rows, shared).get("crash");
      assertThat(killed.get("loggedIn").asInt()).as(shared).isEqualTo(60);
      assertThat(killed.get("loggedInLost").asInt()).as(shared).isZero();
      assertThat(killed.get("openLost").asInt()).as(shared).isZero();
      assertThat(row(rows, shared).get("added").get("lost").asInt()).as(shared).isZero();
      assertThat(killed.get("open").asInt()).as(shared).isEqualTo(60);
      assertThat(row(rows, shared).get("refusals")).as(shared).isEmpty();
      assertThat(median(row(rows, shared), "elsewherePercent")).as(shared).isGreaterThan(40);
      assertThat(row(rows, shared).get("neverSeenElsewhere").asInt()).as(shared).isZero();
    }
    JsonNode replicated = row(rows, "11b");
    assertThat(median(replicated, "acceptedPercent"))
        .isGreaterThan(2 * median(fault, "acceptedPercent"));
    assertThat(median(replicated, "elsewherePercent")).isGreaterThan(40);
    assertThat(replicated.get("crash").get("loggedIn").asInt()).isGreaterThan(40);

    for (String store : List.of("7", "8", "9")) {
      assertThat(row(rows, store).get("doubleSubmits").asInt()).as(store).isEqualTo(200);
      assertThat(row(rows, store).get("replaysAccepted").asInt()).as(store).isZero();
    }
    assertThat(row(rows, "6").get("replaysAccepted").asInt()).as("nobody claims").isPositive();
    assertThat(row(rows, "2").get("storeBytes").asDouble()).isBetween(300.0, 10_000.0);
    assertThat(row(rows, "9").get("storeTrips").asDouble()).isBetween(2.0, 12.0);
    assertThat(row(rows, "8").get("storeBytes").asDouble()).isBetween(100.0, 2_000.0);
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void atAFixedRateLateStartsAreCounted() throws Exception {
    Ended ended =
        lab(
            "--rows=7",
            "--workers=2",
            "--users=4",
            "--rate=400",
            "--least=5",
            "--warm-up=1500",
            "--window=3000",
            "--repeats=1",
            "--think=400",
            "--json");
    assertThat(ended.status()).as(ended.err()).isZero();
    JsonNode row = row(new ObjectMapper().readTree(ended.out()).get("rows"), "7");
    // Four users who think cannot begin 400 captchas a second.
    assertThat(row.get("lateStarts").asInt()).isPositive();
    assertThat(row.get("rounds").asInt()).isBetween(1, 100);
  }

  @Test
  void aRowThatThereIsNotIsBadUsage() throws Exception {
    Ended ended = lab("--rows=99");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("There is no row 99; there are 1, 2, ");
  }

  private static JsonNode row(JsonNode rows, String id) {
    for (JsonNode row : rows) {
      if (row.get("row").asText().equals(id)) {
        return row;
      }
    }
    throw new AssertionError("no row " + id);
  }

  private static double median(JsonNode row, String figure) {
    return row.get(figure).get("median").asDouble();
  }
}
