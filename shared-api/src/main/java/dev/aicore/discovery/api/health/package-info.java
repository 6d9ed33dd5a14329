/**
 * Results of health checks and the reasons of failures.
 *
 * <p>A probe ends with a {@link CheckFailureReason} or passes. The observation stores the reason packed into one
 * number. Facts carry the last {@link CheckResult}s as evidence. Callers without the permission for check details see
 * only the class of a failure.
 *
 * <pre>{@code
 * probe -> CheckFailureReason (CheckFailureCode + number) -> observation
 *                                                         -> CheckResult -> evidence of HealthChanged
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.health;

import org.jspecify.annotations.NullMarked;
