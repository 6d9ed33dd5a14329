package dev.aicore.discovery.api.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes the caller to itself, and the node that answers.
 *
 * @param principal owner of what the caller registers
 * @param role one of admin, operator, viewer, service
 * @param permissions names of the permissions of the role, such as {@code audit.read}, in alphabetical order
 * @param services name patterns of the services that the role is restricted to; null for all services
 * @param anonymous true if the caller was admitted without credentials
 * @param expiresAt time at which the credentials expire; null if they don't
 * @param environment environment of the node: development, production, …
 * @param target sides that the node runs: all, command, projections or query
 * @param writes true if the node runs the command side, so that it accepts writes
 * @param version version of the software
 * @param replayUntil end of the incident bundle that the node replays; null for a registry
 */
public record WhoAmIView(
        String principal,
        String role,
        List<String> permissions,
        @Nullable List<String> services,
        boolean anonymous,
        @Nullable Instant expiresAt,
        String environment,
        String target,
        boolean writes,
        String version,
        @Nullable Instant replayUntil) {

    public WhoAmIView {
        permissions = List.copyOf(permissions);
        services = services == null ? null : List.copyOf(services);
    }
}
