package io.anynode.captcha.container;

import cn.apiclub.captcha.Captcha;
import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.web.Peek;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.session.Session;

/**
 * Old applications, each in its folder within {@code src/test/samples}: what the drop-in jar and
 * the {@code captcha.properties} beside it are for.
 */
enum Sample {
  KAPTCHA("kaptcha.jpg", "login", "code", "session.getAttribute(\"KAPTCHA_SESSION_KEY\")") {
    @Override
    SampleWar libraries(SampleWar war) {
      return war.library("kaptcha").library("filters");
    }
  },

  STRING("image.jsp", "login.do", "checkCode", "session.getAttribute(\"randStr\")"),

  INTEGER("user.do?method=code", "user.do", "answer", "session.getAttribute(\"sum\")") {
    @Override
    Answer submit(Visitor visitor, RealContainer node, Map<String, String> fields) {
      Map<String, String> form = new TreeMap<>(fields);
      form.put("method", "login");
      String query =
          form.entrySet().stream()
              .map(field -> field.getKey() + "=" + encoded(field.getValue()))
              .collect(Collectors.joining("&"));
      return visitor.get(url(node, form() + "?" + query));
    }
  };

  /** What the form leads to. */
  static final String WELCOME = "Welcome, demo";

  /** What the old code answers to a wrong answer. */
  static final String WRONG = "The code is wrong";

  /** The control's eye: it tells the answer, which only the old code has. */
  private static final String PEEK = "peek.jsp";

  private final String image;
  private final String form;
  private final String parameter;
  private final String answer;

  Sample(String image, String form, String parameter, String answer) {
    this.image = image;
    this.form = form;
    this.parameter = parameter;
    this.answer = answer;
  }

  /** Puts the libraries of the application into its WAR. */
  SampleWar libraries(SampleWar war) {
    return war;
  }

  /** Sends the form with these fields, and with what else it has. */
  Answer submit(Visitor visitor, RealContainer node, Map<String, String> fields) {
    return visitor.post(url(node, form), fields);
  }

  /** Whether the old code, left alone, takes an answer again and again. */
  boolean takesReplays() {
    return true;
  }

  /** The application as it was. */
  Path before(Path wars) {
    return war().text(PEEK, "<%@ page session=\"true\" %><%= " + answer + " %>").write(wars);
  }

  /** The application with the jar in it and the properties beside it, and nothing else changed. */
  Path after(Path wars) {
    return war()
        .file(
            "WEB-INF/captcha.properties", SampleWar.folder(folder()).resolve("captcha.properties"))
        .jar(DropinJar.path())
        .write(wars);
  }

  private SampleWar war() {
    return libraries(new SampleWar(folder()));
  }

  /** Its folder, and its context path. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String form() {
    return form;
  }

  URI url(RealContainer node, String path) {
    return node.url("/" + folder() + "/" + path);
  }

  /** Opens the page. */
  Answer page(Visitor visitor, RealContainer node) {
    return visitor.get(url(node, "login.jsp"));
  }

  /** Opens the picture, as the page has it. */
  Answer picture(Visitor visitor, RealContainer node) {
    return visitor.get(url(node, image));
  }

  /** Whether the page shows the picture. */
  boolean isShownIn(Answer page) {
    return page.text().contains("src=\"" + image + "\"");
  }

  /** Sends the form with this answer. */
  Answer login(Visitor visitor, RealContainer node, String typed) {
    return submit(visitor, node, Map.of("username", "demo", parameter, typed));
  }

  /** Sends the form without an answer. */
  Answer loginWithoutAnswer(Visitor visitor, RealContainer node) {
    return submit(visitor, node, Map.of("username", "demo"));
  }

  /** The right answer, out of the old code's session. */
  String answerBefore(Visitor visitor, RealContainer node) {
    return visitor.get(url(node, PEEK)).text().strip();
  }

  /** The right answer, out of the store. */
  String answerAfter(SessionStore store, Visitor visitor) {
    List<String> own = Peek.answersOfImages(store, visitor.sessionId());
    return own.isEmpty() ? observed(Peek.session(store, visitor.sessionId())) : own.get(0);
  }

  private static String observed(Session session) {
    String name =
        session.getAttributeNames().stream()
            .filter(n -> n.startsWith("captcha.legacy.") && n.endsWith(".value"))
            .findFirst()
            .orElseThrow();
    Object value = Objects.requireNonNull(session.getAttribute(name));
    return value instanceof Captcha captcha ? captcha.getAnswer() : value.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
