/**
 * A captcha whose challenge, issued by one node, is checked by any other, once.
 *
 * <p>The life of a challenge:
 *
 * <ol>
 *   <li><b>Issue.</b> A page, a script or an old image URL asks {@link io.anynode.captcha.Captcha}
 *       for a challenge. A question ({@code challenge}) gets an id of 128 random bits, a drawing
 *       seed, a scope and an expiry; sealed, it is one short attribute of the HTTP session, named
 *       after its id, written once. Spring Session has saved it ({@code session}) before the first
 *       byte of the response leaves.
 *   <li><b>Show.</b> Its picture is drawn, its sound spoken ({@code render}), or the work told that
 *       answers it as well, from the sealed text alone and by whichever node the request lands on.
 *       Showing changes nothing.
 *   <li><b>Verify.</b> A filter ({@code web}) stands before the guarded request. It claims the
 *       attribute, one atomic step in the store, so that exactly one request anywhere gets it; only
 *       then is the answer compared. Whatever the {@link io.anynode.captcha.Verdict}, the challenge
 *       is gone.
 * </ol>
 *
 * <p>The rooms, and who may know whom: {@code server, jsp → web → legacy → http → (this package) →
 * challenge, render, rate, session → settings}. {@code rate}, what one client may ask for, counts
 * in a {@code session}'s store; {@code telemetry}, which {@code web} puts in place, is told by this
 * package what happens. {@code session} has a folder for each store, and only that folder knows the
 * store's client library. {@code server.lab} measures on top of {@code server}. {@code tomcat}, a
 * valve, is loaded by Tomcat and knows nobody.
 */
@NullMarked
package io.anynode.captcha;

import org.jspecify.annotations.NullMarked;
