/**
 * Stands in for old captchas, by settings alone: the old page, its servlet and its check stay as
 * they are.
 *
 * <p>One filter ({@link io.anynode.captcha.legacy.LegacyFilter}) stands before the old code and
 * does two things. To a request for the old picture it answers with one of ours, or lets the old
 * code draw ({@code observe}). Before a request in which the old code checks, it claims the
 * challenge, one atomic step in the store; the one request that gets it sees, for as long as it
 * lasts, the old session attribute in its old shape. Nobody else does, and the attribute itself is
 * never stored.
 *
 * <ul>
 *   <li>{@code Entry} is one old captcha: its picture, its checks, and where its answers come from
 *   <li>{@code Source} is where answers come from: {@code OwnChallenges}, or what the old code put
 *       into the session ({@code ObservedAnswers})
 *   <li>{@code View} is what one request sees of the old attributes
 *   <li>{@code Presets} knows the libraries
 * </ul>
 */
@NullMarked
package io.anynode.captcha.legacy;

import org.jspecify.annotations.NullMarked;
