package io.anynode.captcha.legacy;

import io.anynode.captcha.http.SessionWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one request sees of the old session attributes: what it has claimed, and else nothing; or,
 * of an observed one, the newest value. For one request; not safe for use by many threads.
 */
final class View {

  private final Set<String> covered = new HashSet<>();
  private final Map<String, ObservedAnswers> observed = new HashMap<>();
  private final Map<String, Object> shown = new HashMap<>();

  /**
   * Values that this request was shown. The old code may put them back, above all when it copies
   * all attributes into a new session at login: an answer that was claimed must not come back so.
   */
  private final List<Object> known = new ArrayList<>();

  private @Nullable ViewSession current;

  /** Null when it is over: the old code may keep a session for longer, and a container reuses. */
  private volatile @Nullable HttpServletRequest request;

  View(List<Source> sources) {
    for (Source source : sources) {
      covered.addAll(source.attributes());
      if (source instanceof ObservedAnswers answers) {
        answers.attributes().forEach(attribute -> observed.put(attribute, answers));
      }
    }
  }

  /** Shows nothing any more, since the request is over. */
  void end() {
    request = null;
    shown.clear();
  }

  /** The request, with this view of its session. */
  ViewRequest of(HttpServletRequest request) {
    this.request = request;
    return new ViewRequest(request, this);
  }

  private HttpSession of(HttpSession session) {
    ViewSession seen = current;
    if (seen == null || seen.isOther(session)) {
      seen = new ViewSession(session);
      current = seen;
    }
    return seen;
  }

  private @Nullable Object newest(ObservedAnswers answers) {
    HttpServletRequest now = request;
    return now == null ? null : answers.newest(now);
  }

  /** A request whose session is seen so, in whatever it is forwarded to and includes as well. */
  static final class ViewRequest extends HttpServletRequestWrapper {

    private final View view;

    private ViewRequest(HttpServletRequest request, View view) {
      super(request);
      this.view = view;
    }

    /** The request without the view. */
    HttpServletRequest inner() {
      return (HttpServletRequest) getRequest();
    }

    /**
     * Shows what was claimed, for the rest of the request. The old code may look into a session
     * only if there is one, which a container's own is not always where another node has drawn.
     */
    void show(Map<String, Object> claimed) {
      view.shown.putAll(claimed);
      view.known.addAll(claimed.values());
      if (!claimed.isEmpty()) {
        HttpSession unused = getSession();
      }
    }

    @Override
    public HttpSession getSession() {
      return view.of(super.getSession());
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
      HttpSession session = super.getSession(create);
      return session == null ? null : view.of(session);
    }
  }

  private final class ViewSession extends SessionWrapper {

    private final HttpSession session;

    ViewSession(HttpSession session) {
      super(session);
      this.session = session;
      for (ObservedAnswers answers : observed.values()) {
        Object newest = newest(answers);
        if (newest != null) {
          known.add(newest);
        }
      }
    }

    boolean isOther(HttpSession other) {
      return session != other;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      Object value = super.getAttribute(name); // throws if the session has ended
      return covered.contains(name) ? seen(name) : value;
    }

    private @Nullable Object seen(String name) {
      Object value = shown.get(name);
      ObservedAnswers answers = observed.get(name);
      return value == null && answers != null ? newest(answers) : value;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
      Set<String> names = new HashSet<>();
      for (String name : Collections.list(super.getAttributeNames())) {
        if (!covered.contains(name) && !name.startsWith(ObservedAnswers.PREFIX)) {
          names.add(name);
        }
      }
      for (String name : covered) {
        if (seen(name) != null) {
          names.add(name);
        }
      }
      return Collections.enumeration(names);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
      if (value == null) {
        removeAttribute(name);
      } else if (covered.contains(name)) {
        put(name, value);
      } else {
        super.setAttribute(name, value);
      }
    }

    private void put(String name, Object value) {
      throwIfEnded(name);
      HttpServletRequest now = request;
      ObservedAnswers answers = observed.get(name);
      if (answers == null || known.contains(value)) {
        shown.put(name, value);
      } else if (now != null) {
        shown.remove(name);
        answers.put(now, value);
      }
    }

    private void throwIfEnded(String name) {
      Object unused = super.getAttribute(name);
    }

    @Override
    public void removeAttribute(String name) {
      if (!covered.contains(name)) {
        super.removeAttribute(name);
        return;
      }
      throwIfEnded(name);
      shown.remove(name);
      HttpServletRequest now = request;
      ObservedAnswers answers = observed.get(name);
      if (answers != null && now != null) {
        answers.remove(now);
      }
    }

    @Override
    public void invalidate() {
      super.invalidate();
      shown.clear();
      HttpServletRequest now = request;
      if (now != null) {
        observed.values().forEach(answers -> answers.remove(now));
      }
    }
  }
}
