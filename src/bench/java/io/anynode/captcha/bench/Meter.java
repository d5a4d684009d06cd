package io.anynode.captcha.bench;

import java.io.IOException;
import java.util.List;

/**
 * What the nodes, their store and the load generator use of the machine while a load counts. For
 * one load and one thread.
 */
public final class Meter implements LoadGenerator.Window {

  private final Nodes nodes;
  private final List<Long> store;
  private final long generator;
  private long nodesMicros;
  private long compilerMicros;
  private long storeMicros;
  private long generatorMicros;
  private long allocated;

  /**
   * A meter.
   *
   * @param store the store's processes; empty if it has none of its own
   */
  public Meter(Nodes nodes, List<Long> store, LoadGenerator generator) {
    this.nodes = nodes;
    this.store = store;
    this.generator = generator.pid();
  }

  @Override
  public void begin() throws IOException {
    read(-1);
  }

  @Override
  public void end() throws IOException {
    read(1);
  }

  private void read(int sign) throws IOException {
    long compilers = CpuTime.compilerMicros(nodes.pids());
    compilerMicros += sign * compilers;
    nodesMicros += sign * (CpuTime.micros(nodes.pids()) - compilers);
    storeMicros += sign * CpuTime.micros(store);
    generatorMicros += sign * CpuTime.micros(List.of(generator));
    allocated += sign * nodes.allocated();
  }

  /** The processors' time of the nodes' JIT compilers, in µs; it ends as the nodes get older. */
  public long compilerMicros() {
    return compilerMicros;
  }

  /** The processors' time of the nodes, but for their JIT compilers', in µs. */
  public long nodesMicros() {
    return nodesMicros;
  }

  /** The processors' time of the store, in µs. */
  public long storeMicros() {
    return storeMicros;
  }

  /** The processors' time of the load generator, in µs. */
  public long generatorMicros() {
    return generatorMicros;
  }

  /** What the nodes allocated, in bytes. */
  public long allocated() {
    return allocated;
  }
}
