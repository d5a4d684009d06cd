package io.anynode.captcha.session;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.collections.Transformer;
import org.apache.commons.collections.functors.ChainedTransformer;
import org.apache.commons.collections.functors.ConstantTransformer;
import org.apache.commons.collections.functors.InvokerTransformer;
import org.apache.commons.collections.keyvalue.TiedMapEntry;
import org.apache.commons.collections.map.LazyMap;

/**
 * The best known of all chains, CommonsCollections6 of ysoserial: a map that calls {@code
 * System.setProperty} when it is deserialized.
 */
final class Gadget {

  private static final String FIRED = "captcha.test.gadget";

  private Gadget() {}

  /** Whether one has been deserialized since the last {@link #forget}. */
  static boolean hasFired() {
    return System.getProperty(FIRED) != null;
  }

  static void forget() {
    System.clearProperty(FIRED);
  }

  /** What an attacker would write into the store. */
  static Serializable payload() {
    Class<?>[] text = {String.class, String.class};
    Object[] call = {"setProperty", text};
    Transformer chain =
        new ChainedTransformer(
            new Transformer[] {
              new ConstantTransformer(System.class),
              new InvokerTransformer(
                  "getMethod", new Class<?>[] {String.class, Class[].class}, call),
              new InvokerTransformer(
                  "invoke",
                  new Class<?>[] {Object.class, Object[].class},
                  new Object[] {null, new Object[] {FIRED, "yes"}}),
              new ConstantTransformer("done")
            });
    Map<?, ?> lazy = LazyMap.decorate(new HashMap<Object, Object>(), chain);
    HashMap<Object, Object> outer = new HashMap<>();
    outer.put(new TiedMapEntry(lazy, "key"), "value"); // fires once, here
    lazy.clear();
    forget();
    return outer;
  }
}
