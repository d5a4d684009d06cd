package io.anynode.captcha.web;

import io.anynode.captcha.real.RealMariaDb;
import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.StoreKind;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.catalina.Context;

/** Two nodes over one store, that believe what 127.0.0.1 says of its clients. */
final class TwoLimitedNodes implements AutoCloseable {

  /** A store that two nodes share. */
  enum Store {
    MEMORY,
    FILE,
    H2,
    POSTGRES,
    MARIADB,
    REDIS;

    private String[] settings(Path folder) {
      return switch (this) {
        case MEMORY -> new String[] {"session.store=memory"};
        case FILE -> new String[] {"session.store=file", "session.file.dir=" + folder};
        case H2 -> jdbc("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        case POSTGRES -> jdbc(RealPostgres.url());
        case MARIADB -> jdbc(RealMariaDb.url());
        case REDIS ->
            new String[] {
              "session.store=redis",
              "session.redis.uri=" + RealRedis.singleUri(),
              "session.redis.namespace=limits-" + UUID.randomUUID()
            };
      };
    }

    private static String[] jdbc(String url) {
      return new String[] {"session.store=jdbc", "session.jdbc.url=" + url};
    }
  }

  /** What is set. */
  final Settings settings;

  /** The store as the tests look into it. */
  final SessionStore store;

  /** The stores of the nodes. */
  final List<ControlledStore> stores = new ArrayList<>();

  /** The nodes. */
  final List<Node> nodes = new ArrayList<>();

  private final SharedMemory memory = new SharedMemory();

  TwoLimitedNodes(Store store, Path folder, Consumer<Context> application, String... more) {
    List<String> all = new ArrayList<>(List.of("trusted-proxies=127.0.0.1"));
    all.addAll(List.of(store.settings(folder)));
    all.addAll(List.of(more));
    this.settings = Node.settings(all.toArray(new String[0]));
    this.store = open(folder);
    for (int i = 0; i < 2; i++) {
      ControlledStore own = new ControlledStore(open(folder));
      stores.add(own);
      nodes.add(Node.start(settings, own, Clock.systemUTC(), application));
    }
  }

  private SessionStore open(Path folder) {
    return settings.session().store() == StoreKind.MEMORY
        ? memory.open(settings.session())
        : SessionStores.open(settings.session(), folder, getClass().getClassLoader());
  }

  Node node(int number) {
    return nodes.get(number % 2);
  }

  /** A visitor without cookies asks for a new challenge's picture. */
  HttpResponse<String> image(int node, String client) {
    return get(new Browser(), node, "/captcha/image", client);
  }

  /** A visitor from this address gets a page. */
  HttpResponse<String> get(Browser browser, int node, String path, String client) {
    return browser.send(browser.request(node(node), path).header("X-Forwarded-For", client).GET());
  }

  /** How many of so many new visitors from this address get a picture, from both nodes by turns. */
  int shown(int requests, String client) {
    int shown = 0;
    for (int i = 0; i < requests; i++) {
      if (image(i, client).statusCode() == 200) {
        shown++;
      }
    }
    return shown;
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    store.close();
  }
}
