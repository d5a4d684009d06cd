package io.anynode.captcha.server;

import io.undertow.server.HttpServerExchange;
import java.util.List;

/** Chooses which worker gets a request. Safe for use by many threads. */
public interface Routing {

  /**
   * Chooses a worker. If that one cannot be reached, the next in the list is tried.
   *
   * @param workers the names of those that are there; never empty
   * @param exchange the request
   * @return an index into the list
   */
  int choose(List<String> workers, HttpServerExchange exchange);

  /**
   * Hears of each response before it is sent, and may add to its headers.
   *
   * @param worker who was asked last
   * @param exchange the request with its response
   */
  default void served(String worker, HttpServerExchange exchange) {}
}
