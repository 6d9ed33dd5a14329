/**
 * Executes single health checks. {@link DispatchingProber} selects the prober by the
 * check's type and enforces the timeout. Connections go through the egress policy. The scheduling of checks, and the
 * decision that follows a result, belong to the packages {@code health} and {@code shard}.
 * <pre>{@code
 * Probe -> DispatchingProber -> ProbeTimeout -> HttpProber | TcpProber | GrpcProber -> egress policy -> target
 *                            -> ScriptProber (own place, then ProbeTimeout) -> ScriptDirectory -> process
 * ProbeResult <- ProbeFailureClassifier (errors)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.healthchecks.probe;

import org.jspecify.annotations.NullMarked;
