package io.anynode.captcha.telemetry;

import io.anynode.captcha.Telemetry;
import io.anynode.captcha.session.StoreUnavailableException;
import io.anynode.captcha.session.WrappedStore;
import io.anynode.captcha.session.WrappedStore.Operation;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Times a store's calls as a request sees them: what is refused at once while the store is known to
 * be at fault is a fault as well.
 *
 * @param telemetry is told of each call
 * @param nanoTime as {@link System#nanoTime()}
 */
public record TimedCalls(Telemetry telemetry, LongSupplier nanoTime)
    implements WrappedStore.Around {

  @Override
  public <T extends @Nullable Object> T call(Operation operation, Supplier<T> call) {
    long begun = nanoTime.getAsLong();
    boolean failed = false;
    try {
      return call.get();
    } catch (StoreUnavailableException e) {
      failed = true;
      throw e;
    } finally {
      telemetry.stored(operation, nanoTime.getAsLong() - begun, failed);
    }
  }
}
