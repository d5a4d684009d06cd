package io.anynode.captcha.bench.node;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.context.AbstractHttpSessionApplicationInitializer;
import org.springframework.transaction.PlatformTransactionManager;

/** Spring Session as its guide for applications without Spring Boot sets it up. */
record StockSpring(Class<?> configuration) implements Keeping {

  static StockSpring redis() {
    return new StockSpring(Redis.class);
  }

  static StockSpring jdbc() {
    return new StockSpring(Jdbc.class);
  }

  @Override
  public Context addContext(Tomcat tomcat, Path work) {
    Context context = tomcat.addContext("", work.toString());
    context.addServletContainerInitializer(
        (classes, application) -> new Initializer(configuration).onStartup(application), Set.of());
    return context;
  }

  private static final class Initializer extends AbstractHttpSessionApplicationInitializer {

    Initializer(Class<?> configuration) {
      super(configuration);
    }
  }

  /** Its sessions in Redis, in hashes. */
  @Configuration
  @EnableRedisHttpSession
  static class Redis {

    /** To the server of the process' settings. */
    @Bean
    LettuceConnectionFactory connectionFactory() {
      return new LettuceConnectionFactory("127.0.0.1", Integer.getInteger("redis.port"));
    }
  }

  /** Its sessions in a database. */
  @Configuration
  @EnableJdbcHttpSession
  static class Jdbc {

    /** The pool that Spring's users have, with its defaults. */
    @Bean
    DataSource dataSource() {
      HikariDataSource source = new HikariDataSource();
      source.setJdbcUrl(System.getProperty("jdbc.url"));
      return source;
    }

    /** For the pool. */
    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
      return new JdbcTransactionManager(dataSource);
    }
  }
}
