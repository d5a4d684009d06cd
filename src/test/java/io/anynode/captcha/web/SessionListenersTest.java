package io.anynode.captcha.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.session.SessionStores;
import io.anynode.captcha.settings.Settings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which listeners of an application are called for the shared session, and which are not. */
class SessionListenersTest {

  /** By test, since an attribute that comes from a store has no other way to its test. */
  private static final Map<String, List<String>> CALLS = new ConcurrentHashMap<>();

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Browser browser = new Browser();

  @TempDir private Path folder;
  private Node first;
  private Node second;

  @BeforeEach
  void start() {
    CALLS.put(folder.toString(), calls);
    first = node();
    second = node();
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    CALLS.clear();
  }

  @Test
  void anAttributeIsToldWhenItIsSetReplacedRemovedAndWhenItsSessionIsInvalidated() {
    browser.get(first, "/set?a=one");
    browser.get(first, "/set?a=two");
    assertThat(calls).containsExactly("bound a one", "unbound a one", "bound a two");

    calls.clear();
    browser.get(first, "/set?b=three");
    browser.get(second, "/remove?name=a");
    assertThat(calls).containsExactly("bound b three", "unbound a two");

    calls.clear();
    browser.get(second, "/invalidate");
    assertThat(calls).containsExactly("unbound b three");
    assertThat(browser.get(first, "/names").body()).isEqualTo("[]");
  }

  @Test
  void aSessionThatIsInvalidatedIsInvalidForTheRestOfTheRequest() {
    browser.get(first, "/set?a=one");
    assertThat(browser.get(first, "/invalidate").body())
        .isEqualTo("IllegalStateException, then a new one: true");
  }

  @Test
  void anAttributeIsNotToldThatItsSessionIsReadOrWritten() {
    browser.get(first, "/set?a=one");
    calls.clear();
    assertThat(browser.get(second, "/names").body()).isEqualTo("[a]");
    assertThat(calls).isEmpty();
  }

  @Test
  void listenersOfTheApplicationAreNotCalled() {
    browser.get(first, "/set?a=one");
    browser.get(first, "/rotate");
    browser.get(first, "/invalidate");
    assertThat(calls).doesNotContain("created", "added", "id changed", "destroyed");
  }

  private Node node() {
    Settings settings = Node.settings("session.store=file", "session.file.dir=" + folder);
    return Node.start(
        settings,
        SessionStores.open(settings.session(), folder, getClass().getClassLoader()),
        Clock.systemUTC(),
        this::install);
  }

  private void install(Context context) {
    Application.servlet(context, "/set", this::set);
    Application.servlet(
        context,
        "/remove",
        (request, response) -> request.getSession().removeAttribute(request.getParameter("name")));
    Application.servlet(context, "/rotate", (request, response) -> request.changeSessionId());
    Application.servlet(context, "/invalidate", SessionListenersTest::invalidate);
    Application.servlet(context, "/names", SessionListenersTest::names);
    context.setApplicationLifecycleListeners(new Object[] {new Listeners()});
    context.setApplicationEventListeners(new Object[] {new Listeners()});
  }

  private void set(HttpServletRequest request, HttpServletResponse response) {
    request
        .getParameterMap()
        .forEach(
            (name, values) ->
                request
                    .getSession()
                    .setAttribute(name, new Attribute(folder.toString(), values[0])));
  }

  private static void names(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession();
    response.getWriter().print(Collections.list(session.getAttributeNames()));
  }

  private static void invalidate(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession();
    session.invalidate();
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      response.getWriter().print("IllegalStateException, then a new one: ");
    }
    response.getWriter().print(request.getSession().isNew());
  }

  private record Attribute(String test, String value)
      implements HttpSessionBindingListener, HttpSessionActivationListener, Serializable {

    private static final long serialVersionUID = 1L;

    private void called(String what) {
      Objects.requireNonNull(CALLS.get(test)).add(what);
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
      called("bound " + event.getName() + " " + value);
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
      called("unbound " + event.getName() + " " + value);
    }

    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
      called("will passivate");
    }

    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
      called("did activate");
    }
  }

  private final class Listeners
      implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {

    @Override
    public void sessionCreated(HttpSessionEvent event) {
      calls.add("created");
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
      calls.add("destroyed");
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
      calls.add("added");
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
      calls.add("id changed");
    }
  }
}
