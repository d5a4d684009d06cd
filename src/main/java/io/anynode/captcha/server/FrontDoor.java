package io.anynode.captcha.server;

import io.undertow.Undertow;
import io.undertow.client.UndertowClient;
import io.undertow.predicate.Predicate;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one address of all workers: Undertow's load-balancing proxy, in turn and never sticky, unless
 * it is given another {@link Routing}.
 *
 * <p>A request that changes nothing is sent to another worker when the first one dies over it; a
 * POST is not, since nobody knows how far it got.
 */
public final class FrontDoor implements Running.Part {

  /** Held, so that its level stays: the end of a worker is told of once, not for each request. */
  private static final Logger LOG = Logger.getLogger("io.undertow");

  private static final HttpString SERVED_BY = new HttpString(ServedBy.HEADER);
  private static final HttpString FORWARDED = new HttpString("Forwarded");

  /** What answers that no worker made are served by. */
  private static final String ITSELF = "front-door";

  /** Nobody knows how far a form got whose worker died over it. */
  private static final String WHY =
      "The server that was to answer is gone. Please try again in a moment.";

  private static final String PROBLEM =
      "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\""
          + WHY
          + "\"}";
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Service Unavailable</title>
      </head>
      <body>
      <h1>Service Unavailable</h1>
      <p>%s</p>
      </body>
      </html>
      """
          .formatted(WHY);

  private static final AttachmentKey<String> WORKER = AttachmentKey.create(String.class);
  private static final Set<HttpString> REPEATABLE =
      Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);

  private final int port;
  private final @Nullable Routing routing;
  private final Turns turns;
  private final Map<String, URI> workers = new ConcurrentHashMap<>();
  private final Undertow undertow;

  /**
   * A closed door, behind which each request goes to the next worker.
   *
   * @param port what it will listen on, 0 for any
   */
  FrontDoor(InetAddress address, int port) {
    this(address, port, null);
  }

  /**
   * A closed door.
   *
   * @param port what it will listen on, 0 for any
   * @param routing chooses each request's worker; null for the next in turn
   */
  public FrontDoor(InetAddress address, int port, @Nullable Routing routing) {
    this.port = port;
    this.routing = routing;
    this.turns = routing == null ? new Turns() : new Turns(routing);
    LOG.setLevel(Level.OFF);
    // A full worker's requests would go to another: right in turn, and wrong by a routing of its
    // own.
    turns.setConnectionsPerThread(routing == null ? 20 : 1_000);
    turns.setMaxQueueSize(1_000);
    turns.setProblemServerRetry(2);
    HttpHandler proxy =
        ProxyHandler.builder()
            .setProxyClient(turns)
            .setMaxConnectionRetries(3)
            .setMaxRequestTime(30_000)
            .setIdempotentRequestPredicate(repeatable())
            .build();
    this.undertow =
        Undertow.builder()
            .addHttpListener(port, address.getHostAddress())
            .setIoThreads(2)
            .setWorkerThreads(2)
            .setHandler(exchange -> handle(exchange, proxy))
            .build();
  }

  /**
   * Listens.
   *
   * @return the port
   * @throws StartFailure if the port cannot be had
   */
  public int open() {
    try {
      undertow.start();
    } catch (RuntimeException e) {
      throw Preflight.portTaken(port, "front door", "--port", e);
    }
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Sends requests to a worker from now on. */
  public void add(String worker, int workerPort) {
    URI uri = URI.create("http://" + WorkerProcess.HOST + ":" + workerPort);
    workers.put(worker, uri);
    turns.names.put(workerPort, worker);
    turns.addHost(uri);
  }

  /** Sends no more requests to a worker; does nothing if it is not there. */
  public void remove(String worker) {
    URI uri = workers.remove(worker);
    if (uri != null) {
      turns.removeHost(uri);
    }
  }

  @Override
  public void close() {
    undertow.stop();
  }

  private void handle(HttpServerExchange exchange, HttpHandler proxy) throws Exception {
    exchange.addResponseCommitListener(this::name);
    exchange.addDefaultResponseListener(FrontDoor::explained);
    HeaderValues coding = exchange.getRequestHeaders().get(Headers.TRANSFER_ENCODING);
    if (coding != null) {
      // Undertow is easy with codings and chunks that others read differently, and would take what
      // it thinks comes behind for another request.
      exchange.setPersistent(false);
      if (coding.size() != 1 || !coding.getFirst().equalsIgnoreCase("chunked")) {
        exchange.setStatusCode(StatusCodes.BAD_REQUEST).endExchange();
        return;
      }
    }
    // The proxy writes its own X-Forwarded-…, save these two, which would be the client's word.
    exchange.getRequestHeaders().remove(Headers.X_FORWARDED_HOST);
    exchange.getRequestHeaders().remove(FORWARDED);
    proxy.handleRequest(exchange);
  }

  /**
   * Tomcat answers what it cannot parse before its valves, and an exception drops their headers.
   */
  private void name(HttpServerExchange exchange) {
    String worker = exchange.getAttachment(WORKER);
    if (routing != null && worker != null) {
      routing.served(worker, exchange);
    }
    if (!exchange.getResponseHeaders().contains(SERVED_BY)) {
      exchange.getResponseHeaders().put(SERVED_BY, worker != null ? worker : ITSELF);
    }
  }

  /** Says when to come again, where no worker could say anything; a page, or JSON where asked. */
  private static boolean explained(HttpServerExchange exchange) {
    if (exchange.isResponseStarted() || exchange.getStatusCode() < 502) {
      return false;
    }
    String accept = exchange.getRequestHeaders().get(Headers.ACCEPT, 0);
    boolean json = accept != null && accept.contains("json") && !accept.contains("text/html");
    exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
    exchange
        .getResponseHeaders()
        .put(Headers.RETRY_AFTER, "2")
        .put(Headers.CACHE_CONTROL, "no-store")
        .put(Headers.CONTENT_TYPE, json ? "application/problem+json" : "text/html;charset=UTF-8");
    exchange.getResponseSender().send(json ? PROBLEM : PAGE);
    return true;
  }

  private static Predicate repeatable() {
    return exchange -> REPEATABLE.contains(exchange.getRequestMethod());
  }

  /** Undertow's proxy, which also remembers whose turn it was. */
  private static final class Turns extends LoadBalancingProxyClient {

    private final Map<Integer, String> names;

    /** In turn. */
    Turns() {
      this.names = new ConcurrentHashMap<>();
    }

    Turns(Routing routing) {
      this(routing, new ConcurrentHashMap<>());
    }

    private Turns(Routing routing, Map<Integer, String> names) {
      super(UndertowClient.getInstance(), null, new Chosen(routing, names));
      this.names = names;
    }

    /** No cookie binds a visitor to a worker; and none is parsed, however many there are. */
    @Override
    protected Iterator<CharSequence> parseRoutes(HttpServerExchange exchange) {
      return Collections.emptyIterator();
    }

    @Override
    public void getConnection(
        ProxyTarget target,
        HttpServerExchange exchange,
        ProxyCallback<ProxyConnection> callback,
        long timeout,
        TimeUnit unit) {
      super.getConnection(target, exchange, new Remembering(callback), timeout, unit);
    }

    private final class Remembering implements ProxyCallback<ProxyConnection> {

      private final ProxyCallback<ProxyConnection> callback;

      Remembering(ProxyCallback<ProxyConnection> callback) {
        this.callback = callback;
      }

      @Override
      public void completed(HttpServerExchange exchange, ProxyConnection connection) {
        InetSocketAddress peer = connection.getConnection().getPeerAddress(InetSocketAddress.class);
        String name = names.get(peer.getPort());
        if (name != null) {
          exchange.putAttachment(WORKER, name);
        }
        callback.completed(exchange, connection);
      }

      @Override
      public void failed(HttpServerExchange exchange) {
        callback.failed(exchange);
      }

      @Override
      public void couldNotResolveBackend(HttpServerExchange exchange) {
        callback.couldNotResolveBackend(exchange);
      }

      @Override
      public void queuedRequestFailed(HttpServerExchange exchange) {
        callback.queuedRequestFailed(exchange);
      }
    }
  }

  /** Asks the routing, by the workers' names. */
  private record Chosen(Routing routing, Map<Integer, String> names)
      implements LoadBalancingProxyClient.HostSelector {

    @Override
    @SuppressWarnings("removal") // the interface is Undertow's
    public int selectHost(LoadBalancingProxyClient.Host[] hosts) {
      throw new IllegalStateException("Undertow asks with the request.");
    }

    @Override
    public int selectHost(LoadBalancingProxyClient.Host[] hosts, HttpServerExchange exchange) {
      return routing.choose(
          Stream.of(hosts)
              .map(host -> names.getOrDefault(host.getUri().getPort(), host.getUri().toString()))
              .toList(),
          exchange);
    }
  }
}
