/**
 * How much one client may ask for: who it is, and how often it came.
 *
 * <p>A {@code Front} in each node counts by itself and tells the store's counts only now and then,
 * so that most requests cost the store nothing, and a flood least of all.
 */
@NullMarked
package io.anynode.captcha.rate;

import org.jspecify.annotations.NullMarked;
