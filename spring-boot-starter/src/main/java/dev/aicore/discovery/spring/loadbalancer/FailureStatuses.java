package dev.aicore.discovery.spring.loadbalancer;

import java.util.List;

/**
 * Statuses of answers that count as failures of an instance.
 *
 * @param patterns codes such as {@code 503}, classes such as {@code 5xx}, and exceptions such as {@code !501}, which
 *     win
 */
record FailureStatuses(List<String> patterns) {
    private static final int TOO_MANY_REQUESTS = 429;

    FailureStatuses {
        patterns = List.copyOf(patterns);
        for (var pattern : patterns) {
            if (!pattern.matches("!?[1-5]([0-9]{2}|xx)")) {
                throw new IllegalArgumentException("Invalid service-discovery.outcomes.failure-statuses: " + pattern
                        + " (expected: a status such as 503, a class such as 5xx, or an exception such as !501)");
            }
        }
    }

    boolean contains(int status) {
        return matches("", status) && !matches("!", status);
    }

    /** Returns whether the answer is neither a success nor a failure: the instance lives, but refuses this caller. */
    boolean isUndecided(int status) {
        return status == TOO_MANY_REQUESTS && !contains(status);
    }

    private boolean matches(String prefix, int status) {
        return patterns.contains(prefix + status) || patterns.contains(prefix + status / 100 + "xx");
    }
}
