/**
 * Provides clocks, ids and random numbers as beans, so that tests can replace them. No other package of the main
 * sources reads a clock, creates a random id or sleeps; the architecture tests enforce this.
 *
 * <p>{@link TimeSource} has the wall clock, for recorded times, and the monotonic clock, for durations and timeouts.
 * {@link IdGenerator} and {@link SecretGenerator} differ in secrecy: ids may be guessed, secrets may not.
 */
@NullMarked
package dev.aicore.discovery.config.time;

import org.jspecify.annotations.NullMarked;
