package io.anynode.captcha.web;

import static jakarta.servlet.DispatcherType.REQUEST;

import io.anynode.captcha.settings.Setting;
import io.anynode.captcha.settings.SettingsException;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Has filters of the application's own come before the captcha's.
 *
 * <p>The Servlet API puts a filter before all that are declared or behind them all, never between
 * two. So a filter that is to come first is mapped once more, before all. Tomcat passes over it
 * where it was declared, since it is in the chain already; another container may call it twice.
 */
final class FiltersBefore {

  private static final List<String> REVERSING = List.of("GlassFish", "Payara");

  private FiltersBefore() {}

  /**
   * Moves filters to the front. What is mapped before all afterwards comes behind them.
   *
   * @param names the filters, in the order in which they are to come
   * @throws SettingsException if one of them cannot be moved
   */
  static void move(ServletContext context, List<String> names) {
    for (String name : names) {
      if (REVERSING.stream().anyMatch(String.valueOf(context.getServerInfo())::contains)) {
        throw refused(
            name,
            "GlassFish and Payara put what is mapped before all filters in reverse order: there"
                + " captcha.order can only be first");
      }
      FilterRegistration filter = context.getFilterRegistration(name);
      if (filter == null) {
        throw refused(
            name,
            "the application has no such filter; it has "
                + String.join(", ", new TreeSet<>(context.getFilterRegistrations().keySet()))
                + ". Filters that code registers later than this starts cannot be named");
      }
      Collection<String> patterns = filter.getUrlPatternMappings();
      if (!filter.getServletNameMappings().isEmpty()) {
        throw refused(
            name,
            "that filter is mapped to a servlet's name, which always comes behind every"
                + " url-pattern. Map it by url-pattern in web.xml");
      }
      if (patterns.isEmpty()) {
        throw refused(
            name,
            "that filter has no url-pattern, or this container does not tell: Jetty does not, and"
                + " there captcha.order can only be first");
      }
      // Its dispatcher types cannot be asked for; all but requests stay as they are declared.
      filter.addMappingForUrlPatterns(EnumSet.of(REQUEST), false, patterns.toArray(String[]::new));
    }
  }

  private static SettingsException refused(String name, String why) {
    return new SettingsException(
        List.of(Setting.ORDER.key() + " names the filter '" + name + "', but " + why + "."));
  }
}
