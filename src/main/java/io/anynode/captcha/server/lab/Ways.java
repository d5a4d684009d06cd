package io.anynode.captcha.server.lab;

import io.anynode.captcha.server.Routing;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The ways, as the built-in front door goes them. */
final class Ways {

  /** The front's own cookie. */
  static final String BALANCER_COOKIE = "LB";

  /** The session's cookie, by the captcha's default name. */
  static final String SESSION_COOKIE = "SESSION";

  private Ways() {}

  /** A way's routing. */
  static Routing of(Way way) {
    return switch (way) {
      case ROUND_ROBIN -> inTurn();
      case RANDOM -> (workers, exchange) -> ThreadLocalRandom.current().nextInt(workers.size());
      case LEAST_CONNECTIONS -> new LeastConnections();
      case CLIENT_ADDRESS -> (workers, exchange) -> hashed(network(client(exchange)), workers);
      case VISITOR_COOKIE -> byHashOf(LabApplication.VISITOR_COOKIE);
      case SESSION_COOKIE -> byHashOf(SESSION_COOKIE);
      case BALANCER_COOKIE -> new OwnCookie();
    };
  }

  private static Routing inTurn() {
    AtomicInteger turn = new AtomicInteger();
    return (workers, exchange) -> next(turn, workers.size());
  }

  /** As nginx' hash: whoever has no such cookie goes where the empty text goes. */
  private static Routing byHashOf(String cookie) {
    return (workers, exchange) -> {
      String value = cookie(exchange, cookie);
      return hashed(value == null ? "" : value, workers);
    };
  }

  private static int next(AtomicInteger turn, int workers) {
    return Math.floorMod(turn.getAndIncrement(), workers);
  }

  /**
   * The worker that weighs most with this key: when one goes or comes, only its own keys move. That
   * is the best that hashing can do; a plain remainder would move nearly all.
   */
  private static int hashed(String key, List<String> workers) {
    int best = 0;
    for (int i = 1; i < workers.size(); i++) {
      if (weight(key, workers.get(i)) > weight(key, workers.get(best))) {
        best = i;
      }
    }
    return best;
  }

  /** Mixes all bits, as SplitMix64 does at its end. */
  private static long weight(String key, String worker) {
    long mixed = ((long) key.hashCode() << 32) ^ worker.hashCode();
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static @Nullable String cookie(HttpServerExchange exchange, String name) {
    Cookie cookie = exchange.getRequestCookie(name);
    return cookie == null ? null : cookie.getValue();
  }

  /** The lab's own clients are believed; a front in production believes none. */
  private static String client(HttpServerExchange exchange) {
    String told = exchange.getRequestHeaders().getFirst(Headers.X_FORWARDED_FOR);
    return told != null ? told : exchange.getSourceAddress().getAddress().getHostAddress();
  }

  /** As nginx' ip_hash: the first three numbers of an IPv4 address. */
  private static String network(String address) {
    int end = address.lastIndexOf('.');
    return end < 0 ? address : address.substring(0, end);
  }

  private static final class LeastConnections implements Routing {

    private final AtomicInteger turn = new AtomicInteger();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    @Override
    public int choose(List<String> workers, HttpServerExchange exchange) {
      int first = next(turn, workers.size()); // so that equals share
      int best = first;
      for (int i = 1; i < workers.size(); i++) {
        int other = (first + i) % workers.size();
        if (count(workers.get(other)).get() < count(workers.get(best)).get()) {
          best = other;
        }
      }
      AtomicInteger chosen = count(workers.get(best));
      chosen.incrementAndGet();
      exchange.addExchangeCompleteListener(
          (done, after) -> {
            chosen.decrementAndGet();
            after.proceed();
          });
      return best;
    }

    private AtomicInteger count(String worker) {
      return underWay.computeIfAbsent(worker, name -> new AtomicInteger());
    }
  }

  private static final class OwnCookie implements Routing {

    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public int choose(List<String> workers, HttpServerExchange exchange) {
      String named = cookie(exchange, BALANCER_COOKIE);
      int index = named == null ? -1 : workers.indexOf(named);
      return index >= 0 ? index : next(turn, workers.size());
    }

    @Override
    public void served(String worker, HttpServerExchange exchange) {
      if (!worker.equals(cookie(exchange, BALANCER_COOKIE))) {
        exchange
            .getResponseHeaders()
            .add(Headers.SET_COOKIE, BALANCER_COOKIE + "=" + worker + "; Path=/; HttpOnly");
      }
    }
  }
}
