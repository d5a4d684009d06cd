package io.anynode.captcha.web;

import cn.apiclub.captcha.Captcha;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.session.memory.SharedMemory;
import io.anynode.captcha.settings.Settings;
import io.anynode.captcha.settings.StoreKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.springframework.session.Session;

/** Two nodes with one old application, over one store; and a look into what is stored. */
final class OldNodes implements AutoCloseable {

  private final OldApplication old;
  private final ControlledStore firstStore;

  /** The node that issues. */
  final Node first;

  /** The node that verifies. */
  final Node second;

  /** What is stored. */
  final SessionStore store;

  private OldNodes(
      OldApplication old,
      Settings settings,
      SharedMemory memory,
      Clock clock,
      Consumer<Context> more) {
    this.old = old;
    this.store = open(settings, memory);
    this.firstStore = new ControlledStore(open(settings, memory));
    Consumer<Context> application =
        context -> {
          old.install(context);
          more.accept(context);
        };
    this.first = Node.start(settings, firstStore, clock, application);
    this.second = Node.start(settings, open(settings, memory), clock, application);
  }

  /** With the old captcha stood in for; more settings as {@link Node#settings} takes them. */
  static OldNodes with(OldApplication old, String... settings) {
    return with(old, Clock.systemUTC(), context -> {}, settings);
  }

  /** The same, with a clock, and with more in the application. */
  static OldNodes with(
      OldApplication old, Clock clock, Consumer<Context> more, String... settings) {
    return new OldNodes(
        old, Node.settings(old.settings(settings)), new SharedMemory(), clock, more);
  }

  /** With the sessions shared, and the old captcha as it is. */
  static OldNodes without(OldApplication old) {
    return new OldNodes(old, Node.settings(), new SharedMemory(), Clock.systemUTC(), context -> {});
  }

  private static SessionStore open(Settings settings, SharedMemory memory) {
    return settings.session().store() == StoreKind.MEMORY
        ? memory.open(settings.session())
        : SessionStores.open(
            settings.session(), Path.of("not-to-be-used"), OldNodes.class.getClassLoader());
  }

  /** One of the two. */
  Node node(int number) {
    return number % 2 == 0 ? first : second;
  }

  /** Takes the store from the first node, or gives it back. */
  ControlledStore storeOfFirst() {
    return firstStore;
  }

  /** Opens the page's picture on the first node. */
  void issue(Browser browser) {
    int status = browser.bytes(first, old.image).statusCode();
    if (status != 200) {
      throw new AssertionError("The picture is answered with " + status);
    }
  }

  /** The answer to the picture that was opened last. */
  String answer(Browser browser) {
    if (!old.observed()) {
      return Peek.answersOfImages(store, browser.sessionId()).get(0);
    }
    return text(observed(browser));
  }

  private Object observed(Browser browser) {
    Session session = Peek.session(store, browser.sessionId());
    List<String> values =
        session.getAttributeNames().stream()
            .filter(name -> name.startsWith("captcha.legacy.old.") && name.endsWith(".value"))
            .toList();
    return Objects.requireNonNull(session.getAttribute(values.get(0)));
  }

  /** The answer as the old code itself has stored it under this name. */
  String stored(Browser browser, String attribute) {
    Session session = Peek.session(store, browser.sessionId());
    Object value = session.getAttribute(attribute);
    return text(Objects.requireNonNull(value));
  }

  private static String text(Object value) {
    return value instanceof Captcha captcha ? captcha.getAnswer() : value.toString();
  }

  @Override
  public void close() {
    first.close();
    second.close();
    store.close();
  }
}
