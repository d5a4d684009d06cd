package io.anynode.captcha.server.lab;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The few statistics that the table needs. */
final class Numbers {

  /**
   * What came out of repeats.
   *
   * @param min the least
   * @param median the middle one
   * @param max the most
   */
  record Range(double min, double median, double max) {

    /** The range of at least one value. */
    static Range of(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      double median =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return new Range(sorted[0], median, sorted[sorted.length - 1]);
    }
  }

  private Numbers() {}

  /**
   * A percentile by the nearest rank: a value that was measured.
   *
   * @param percent over 0, to 100
   * @return 0 if there are no values
   */
  static long percentile(long[] values, double percent) {
    if (values.length == 0) {
      return 0;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(rank, 1) - 1];
  }

  /** The most loaded one's load by the mean; 1 is even. */
  static double maxByMean(Collection<Long> loads) {
    double mean = mean(loads);
    return mean == 0 ? 0 : loads.stream().mapToLong(Long::longValue).max().orElse(0) / mean;
  }

  /** The coefficient of variation: the standard deviation by the mean; 0 is even. */
  static double variation(Collection<Long> loads) {
    double mean = mean(loads);
    double squares =
        loads.stream().mapToDouble(load -> (load - mean) * (load - mean)).average().orElse(0);
    return mean == 0 ? 0 : Math.sqrt(squares) / mean;
  }

  /** A share in percent; 0 of nothing. */
  static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  private static double mean(Collection<Long> loads) {
    return loads.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
