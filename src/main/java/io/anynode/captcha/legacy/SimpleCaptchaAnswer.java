package io.anynode.captcha.legacy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer out of simplecaptcha's object.
 *
 * <p>By a method handle, since nothing can be compiled against: the class is the application's own,
 * of its class loader, under one of two names; the copy that comes with this library is another.
 */
final class SimpleCaptchaAnswer implements ObservedAnswers.Reading {

  /** How its names end. The second is not written out: it would be relocated with our own copy. */
  private static final List<String> CLASSES =
      List.of("nl.captcha.Captcha", ".apiclub.captcha.Captcha");

  private static final MethodType NOTHING_TO_TEXT = MethodType.methodType(String.class);

  @Override
  public @Nullable String answer(Object value) {
    if (CLASSES.stream().noneMatch(value.getClass().getName()::endsWith)) {
      return null;
    }
    try {
      MethodHandle getAnswer =
          MethodHandles.publicLookup().findVirtual(value.getClass(), "getAnswer", NOTHING_TO_TEXT);
      return (String) getAnswer.invoke(value);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      return null; // another version's, or damaged: it has no answer that could be right
    }
  }
}
