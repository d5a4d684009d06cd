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
  KAPTCHA("kaptcha.jpg", "login", "code", "KAPTCHA_SESSION_KEY") {
    @Override
    boolean holdsTheJar() {
      return true;
    }
  },

  EASYCAPTCHA("captcha", "login", "verCode", "captcha"),

  SIMPLECAPTCHA("simpleCaptcha.png", "login", "answer", "simpleCaptcha"),

  CAGE("captcha", "login", "captcha", "captchaToken"),

  STRING("image.jsp", "login.do", "checkCode", "randStr"),

  INTEGER("user.do?method=code", "user.do", "answer", "sum") {
    @Override
    Map<String, String> others() {
      return Map.of("method", "login");
    }

    @Override
    Answer send(Visitor visitor, RealContainer node, Map<String, String> fields) {
      String query =
          fields.entrySet().stream()
              .map(field -> field.getKey() + "=" + encoded(field.getValue()))
              .collect(Collectors.joining("&"));
      return visitor.get(url(node, "user.do?" + query));
    }
  },

  STRUTS("code.action", "login.action", "checkcode", "checkcode"),

  SHIRO("code", "login", "validateCode", "validateCode"),

  SPRING_MVC("captcha-image.do", "login.do", "kaptcha", "KAPTCHA_SESSION_KEY"),

  SEVERAL_FORMS("piccode.jsp", "account.do", "piccode", "piccode") {
    @Override
    Map<String, String> others() {
      return Map.of("register", "Register");
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
  private final String attribute;

  Sample(String image, String form, String parameter, String attribute) {
    this.image = image;
    this.form = form;
    this.parameter = parameter;
    this.attribute = attribute;
  }

  /** Whether the drop-in jar is in its own WEB-INF/lib; for the others it is in Tomcat's lib. */
  boolean holdsTheJar() {
    return false;
  }

  /** Further fields of the form. */
  Map<String, String> others() {
    return Map.of("password", "demo");
  }

  /** Sends the form with these fields. */
  Answer send(Visitor visitor, RealContainer node, Map<String, String> fields) {
    return visitor.post(url(node, form), fields);
  }

  /** The application as it was. */
  Path before(Path wars) {
    String answer = "session.getAttribute(\"" + attribute + "\")";
    if (this == SIMPLECAPTCHA) {
      answer = "((cn.apiclub.captcha.Captcha) " + answer + ").getAnswer()";
    }
    return new SampleWar(folder()).text(PEEK, "<%= " + answer + " %>").write(wars);
  }

  /** The application with the properties in it, and the jar, and nothing else changed. */
  Path after(Path wars) {
    SampleWar war = new SampleWar(folder()).withProperties();
    if (holdsTheJar()) {
      war.jar(DropinJar.path());
    }
    return war.write(wars);
  }

  /** Its folder, and its context path. */
  String folder() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
    return submit(visitor, node, Map.of(parameter, typed));
  }

  /** Sends the form without an answer. */
  Answer loginWithoutAnswer(Visitor visitor, RealContainer node) {
    return submit(visitor, node, Map.of());
  }

  private Answer submit(Visitor visitor, RealContainer node, Map<String, String> fields) {
    Map<String, String> all = new TreeMap<>(fields);
    all.put("username", "demo");
    all.putAll(others());
    return send(visitor, node, all);
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

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
