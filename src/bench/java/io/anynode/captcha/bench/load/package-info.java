/**
 * The load generator, a process with a class path of its own: Hyperfoil has another Netty than
 * Lettuce.
 */
@NullMarked
package io.anynode.captcha.bench.load;

import org.jspecify.annotations.NullMarked;
