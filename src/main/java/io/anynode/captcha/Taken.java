package io.anynode.captcha;

import io.anynode.captcha.challenge.Challenge;
import org.jspecify.annotations.Nullable;

/**
 * What became of an answer, and the challenge that it has used up: for code that has to compare by
 * itself.
 *
 * @param verdict what {@link Captcha#verify} would say
 * @param challenge the challenge that was claimed for this answer and can be answered: not null for
 *     {@link Verdict#PASSED} and {@link Verdict#WRONG}, null for all others
 * @param issuer which node had issued it, as far as that is known
 */
public record Taken(Verdict verdict, @Nullable Challenge challenge, Telemetry.Issuer issuer) {}
