package io.anynode.captcha.real;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A way to a server on which everything takes its time, in both directions. */
public final class SlowLink implements AutoCloseable {

  private record Piece(long due, ByteBuffer content) {}

  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final ServerSocket listening;
  private final int target;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "slow-link");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long delay;

  private SlowLink(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /** Listens on a free port of 127.0.0.1, with no delay yet. */
  public static SlowLink to(int target) throws IOException {
    SlowLink link = new SlowLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    link.threads.execute(link::accept);
    return link;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** From now on everything takes so long each way. */
  public void delay(Duration eachWay) {
    delay = eachWay.toNanos();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        pass(client, server);
        pass(server, client);
      }
    } catch (IOException e) {
      threads.shutdown(); // closed
    }
  }

  private void pass(Socket from, Socket to) {
    BlockingQueue<Piece> under = new LinkedBlockingQueue<>();
    threads.execute(() -> read(from, under));
    threads.execute(() -> write(under, to));
  }

  private void read(Socket from, BlockingQueue<Piece> under) {
    byte[] buffer = new byte[16_384];
    try {
      int length;
      while ((length = from.getInputStream().read(buffer)) >= 0) {
        under.add(new Piece(System.nanoTime() + delay, ByteBuffer.wrap(buffer.clone(), 0, length)));
      }
    } catch (IOException e) {
      // Hung up; the other side hears of it as late as of the rest.
    }
    under.add(new Piece(System.nanoTime() + delay, END));
  }

  private static void write(BlockingQueue<Piece> under, Socket to) {
    try (to) {
      while (true) {
        Piece piece = under.take();
        TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
        if (!piece.content().hasRemaining()) {
          return;
        }
        to.getOutputStream().write(piece.content().array(), 0, piece.content().limit());
      }
    } catch (IOException e) {
      return; // hung up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
