package io.anynode.captcha.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.anynode.captcha.real.RealPostgres;
import io.anynode.captcha.real.RealRedis;
import io.anynode.captcha.server.Visitor;
import io.anynode.captcha.server.Visitor.Answer;
import io.anynode.captcha.server.Visitor.Page;
import io.anynode.captcha.session.SessionStore;
import io.anynode.captcha.web.Peek;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The drop-in jar in applications that hold libraries of the same kind: one of the javax age with
 * Spring 5.3, Jedis 2.9 and an old PostgreSQL driver, which Tomcat translates, and one with Spring
 * 7; each with Redis and with PostgreSQL.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropinIT {

  private static final Path NEIGHBOURS = Path.of("target", "neighbours").toAbsolutePath();

  /** An application's libraries, and its store. */
  enum Neighbour {
    OLD_REDIS("old", "5.3.39", true),
    OLD_JDBC("old", "5.3.39", false),
    NEW_REDIS("new", "7.0.8", true),
    NEW_JDBC("new", "7.0.8", false);

    private final String libraries;
    private final String spring;
    private final boolean redis;

    Neighbour(String libraries, String spring, boolean redis) {
      this.libraries = libraries;
      this.spring = spring;
      this.redis = redis;
    }

    private String path(String page) {
      return "/" + name() + "/" + page;
    }
  }

  private final Map<Neighbour, SessionStore> stores = new EnumMap<>(Neighbour.class);
  private RealContainer first;
  private RealContainer second;

  @BeforeAll
  void start(@TempDir Path wars) {
    Map<String, String> redis =
        Map.of(
            "captcha.session.store", "redis",
            "captcha.session.redis.uri", RealRedis.singleUri(),
            "captcha.session.redis.namespace", "captcha:dropin");
    Map<String, String> jdbc = Map.of("captcha.session.jdbc.url", RealPostgres.url());
    Node one = node("first");
    Node other = node("second");
    for (Neighbour neighbour : Neighbour.values()) {
      Map<String, String> settings = new TreeMap<>(neighbour.redis ? redis : jdbc);
      settings.put("captcha.secret", Peek.SECRET);
      stores.put(neighbour, SharedStore.open(settings));
      Path war = war(neighbour, settings).write(wars, neighbour.name());
      for (Node node : neighbour.redis ? List.of(one) : List.of(one, other)) {
        if (neighbour.libraries.equals("old")) {
          node.javaxWar(war);
        } else {
          node.war(war);
        }
      }
    }
    first = RealContainer.start(Tomcat.line("10.1"), one);
    second = RealContainer.start(Tomcat.line("10.1"), other);
    for (Neighbour neighbour : Neighbour.values()) {
      first.await(neighbour.path("captcha/health"), 200);
      other(neighbour).await(neighbour.path("captcha/health"), 200);
    }
  }

  /** The other node. The contract has Redis on two nodes already. */
  private RealContainer other(Neighbour neighbour) {
    return neighbour.redis ? first : second;
  }

  private static Node node(String name) {
    return new Node().setting("captcha.node", name);
  }

  private static WarBuilder war(Neighbour neighbour, Map<String, String> settings) {
    return OldApplication.war(settings)
        .text(
            "WEB-INF/web.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="http://java.sun.com/xml/ns/javaee" version="2.5">
              <listener>
                <listener-class>org.springframework.web.context.ContextLoaderListener</listener-class>
              </listener>
              %s
            </web-app>
            """
                .formatted(OldApplication.LOGIN_SERVLET))
        .text(
            "WEB-INF/applicationContext.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <beans xmlns="http://www.springframework.org/schema/beans"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:schemaLocation="http://www.springframework.org/schema/beans
                http://www.springframework.org/schema/beans/spring-beans.xsd">
              <bean id="greeting" class="java.lang.String"><constructor-arg value="a bean"/></bean>
            </beans>
            """)
        .text(
            "libraries.jsp",
            """
            <%@ page session="false" import="org.springframework.web.context.support.*" %>
            spring <%= org.springframework.core.SpringVersion.getVersion() %>
            from <%= org.springframework.core.SpringVersion.class.getProtectionDomain()
                .getCodeSource().getLocation() %>
            with <%= WebApplicationContextUtils.getRequiredWebApplicationContext(application)
                .getBean("greeting") %>
            """
                + (neighbour.libraries.equals("old")
                    ? "jedis <%= redis.clients.jedis.Jedis.class.getProtectionDomain().getCodeSource()"
                        + ".getLocation() %>"
                    : ""))
        .libraries(NEIGHBOURS.resolve(neighbour.libraries))
        .library(DropinJar.path());
  }

  @AfterAll
  void stop() {
    stores.values().forEach(SessionStore::close);
    RealContainer.closeAll(first, second);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasIssuedIsVerifiedOnce(Neighbour neighbour) {
    Visitor visitor = new Visitor();
    Page page = Visitor.page(visitor.get(first.url(neighbour.path("login.jsp"))));
    String answer =
        Peek.answer(Objects.requireNonNull(stores.get(neighbour)), visitor.sessionId(), page.id());
    Map<String, String> form =
        Map.of("username", "demo", "captcha-id", page.id(), "captcha-answer", answer);

    Answer passed = visitor.post(other(neighbour).url(neighbour.path("login")), form);
    Answer replay = visitor.post(first.url(neighbour.path("login")), form);

    assertThat(passed.text()).contains(OldApplication.WELCOME);
    assertThat(replay.status()).isEqualTo(422);
    assertThat(replay.header("Captcha-Verdict")).isEqualTo("USED");
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationKeepsItsOwnLibraries(Neighbour neighbour) {
    Answer page = new Visitor().get(first.url(neighbour.path("libraries.jsp")));

    assertThat(page.text())
        .contains("spring " + neighbour.spring)
        .contains("/WEB-INF/lib/spring-core-" + neighbour.spring + ".jar")
        .contains("with a bean");
    if (neighbour.libraries.equals("old")) {
      assertThat(page.text()).contains("/WEB-INF/lib/jedis-2.9.3.jar");
    }
  }

  @Test
  void theApplicationsOwnDriverIsPreferredToOurs() {
    for (RealContainer node : new RealContainer[] {first, second}) {
      assertThat(node.log())
          .containsOnlyOnce("Sessions go through org.postgresql.Driver 42.2.")
          .containsOnlyOnce(
              "Sessions go through io.anynode.captcha.lib.org.postgresql.Driver 42.7.");
    }
  }
}
