package io.anynode.captcha.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanFilter;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * Sessions as a {@code META-INF/context.xml} has them, which is how both are set up that replace
 * Tomcat's manager.
 *
 * @param content the file; {@code ${…}} are system properties, as ever in such files
 */
record ContextFile(String content) implements Keeping {

  /** Redisson's manager, reading from Redis at each access, as several nodes without stickiness need. */
  static final String REDISSON =
      """
      <Context>
        <Manager className="org.redisson.tomcat.RedissonSessionManager"
            configPath="${redisson.file}" readMode="REDIS" updateMode="DEFAULT"/>
      </Context>
      """;

  /** Tomcat's own, with the valve that loads and stores a session in each request. */
  static final String TOMCAT_JDBC =
      """
      <Context>
        <Resource name="jdbc/sessions" auth="Container" type="javax.sql.DataSource"
            factory="com.zaxxer.hikari.HikariJNDIFactory" jdbcUrl="${jdbc.url}"/>
        <Valve className="org.apache.catalina.valves.PersistentValve"/>
        <Manager className="org.apache.catalina.session.PersistentManager">
          <Store className="org.apache.catalina.session.DataSourceStore"
              dataSourceName="jdbc/sessions" localDataSource="true"
              sessionTable="tomcat_sessions" sessionIdCol="session_id" sessionAppCol="app_name"
              sessionDataCol="session_data" sessionValidCol="valid_session"
              sessionMaxInactiveCol="max_inactive" sessionLastAccessedCol="last_access"/>
        </Manager>
      </Context>
      """;

  @Override
  public Context addContext(Tomcat tomcat, Path work) {
    try {
      Path file = work.resolve("META-INF").resolve("context.xml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tomcat.enableNaming();
    // No JSPs.
    tomcat.setAddDefaultWebXmlToWebapp(false);
    Context context = tomcat.addWebapp("", work.toString());
    StandardJarScanFilter none = new StandardJarScanFilter();
    none.setDefaultPluggabilityScan(false);
    none.setDefaultTldScan(false);
    StandardJarScanner scanner = new StandardJarScanner();
    scanner.setScanClassPath(false);
    scanner.setJarScanFilter(none);
    context.setJarScanner(scanner);
    return context;
  }
}
