package io.anynode.captcha.session;

import java.io.ObjectInputFilter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which classes an attribute from the store may be made of, and how large it may be: a pattern of
 * JEP 290. Whoever can write to the store could otherwise have every node run what some library in
 * its class path does when it is deserialized.
 *
 * <p>The limits come first, then what is set, then the classes that attacks are known with: so what
 * is set can change a limit, and let in a class that is refused by default. Of the classes, the
 * first pattern that fits counts; what none fits is let in, since applications keep classes of
 * their own in their sessions. A JVM's own {@code jdk.serialFilter} holds beside it.
 */
final class SerialFilter {

  /** A session is no place for a graph deeper or wider than this. */
  private static final String LIMITS =
      "maxdepth=64;maxrefs=200000;maxbytes=16777216;maxarray=4194304;";

  /**
   * The classes of the public chains (ysoserial, marshalsec) that no session needs: those that call
   * a method by its name, load a class, look up a name, or read a stream of their own.
   */
  private static final String KNOWN_FROM_ATTACKS =
      String.join(
          ";",
          "!bsh.*",
          "!bitronix.tm.**",
          "!clojure.core$*",
          "!clojure.inspector.**",
          "!com.atomikos.**",
          "!com.fasterxml.jackson.databind.node.POJONode",
          "!com.mchange.v2.**",
          "!com.rometools.rome.feed.impl.*",
          "!com.sun.jndi.**",
          "!com.sun.org.apache.xalan.**",
          "!com.sun.org.apache.xpath.**",
          "!com.sun.rowset.**",
          "!com.sun.syndication.feed.impl.*",
          "!io.anynode.captcha.lib.**", // in the drop-in jar; no session has any of these
          "!java.rmi.**",
          "!java.security.SignedObject",
          "!javax.management.**",
          "!javax.naming.**",
          "!javax.swing.**",
          "!oracle.jdbc.rowset.**",
          "!org.apache.click.control.Column*",
          "!org.apache.commons.beanutils.BeanComparator",
          "!org.apache.commons.collections.comparators.TransformingComparator",
          "!org.apache.commons.collections.functors.*",
          "!org.apache.commons.collections.keyvalue.TiedMapEntry",
          "!org.apache.commons.collections.map.LazyMap",
          "!org.apache.commons.collections4.comparators.TransformingComparator",
          "!org.apache.commons.collections4.functors.*",
          "!org.apache.commons.collections4.keyvalue.TiedMapEntry",
          "!org.apache.commons.collections4.map.LazyMap",
          "!org.apache.commons.fileupload.**",
          "!org.apache.wicket.util.upload.*",
          "!org.apache.xalan.**",
          "!org.aspectj.weaver.**",
          "!org.codehaus.groovy.runtime.ConvertedClosure",
          "!org.codehaus.groovy.runtime.MethodClosure",
          "!org.hibernate.property.**",
          "!org.hibernate.tuple.**",
          "!org.jboss.interceptor.**",
          "!org.jboss.weld.interceptor.**",
          "!org.mozilla.javascript.**",
          "!org.python.core.*",
          "!org.springframework.beans.factory.*",
          "!org.springframework.core.SerializableTypeWrapper*",
          "!org.springframework.jndi.**",
          "!org.springframework.transaction.jta.*",
          "!sun.reflect.annotation.*",
          "!sun.rmi.**");

  private final ObjectInputFilter patterns;

  /**
   * A filter of one application.
   *
   * @param set the pattern that is set; null for none
   * @throws IllegalArgumentException if it is malformed
   */
  SerialFilter(@Nullable String set) {
    String own = set == null ? "" : set + ";";
    this.patterns =
        Objects.requireNonNull(
            ObjectInputFilter.Config.createFilter(LIMITS + own + KNOWN_FROM_ATTACKS));
  }

  /** For one reading, which remembers what it refused. */
  Reading reading() {
    return new Reading(patterns);
  }

  /** One reading; for one thread. */
  static final class Reading implements ObjectInputFilter {

    private final ObjectInputFilter patterns;
    private @Nullable String refused;

    private Reading(ObjectInputFilter patterns) {
      this.patterns = patterns;
    }

    @Override
    public Status checkInput(FilterInfo info) {
      Status status = patterns.checkInput(info);
      if (status == Status.REJECTED) {
        Class<?> type = info.serialClass();
        refused = type == null ? "its size or depth" : type.getName();
      }
      return status;
    }

    /** The class, or what else it refused; null if it refused nothing. */
    @Nullable String refused() {
      return refused;
    }
  }
}
