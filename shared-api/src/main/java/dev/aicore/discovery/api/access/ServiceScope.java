package dev.aicore.discovery.api.access;

import java.util.List;

/**
 * Restricts a caller's role to services, by their names.
 *
 * @param patterns service names, each with at most one {@code *}, which matches zero or more characters
 */
public record ServiceScope(List<String> patterns) {

    private static final char WILDCARD = '*';

    public ServiceScope {
        patterns = List.copyOf(patterns);
    }

    /** Returns true if a pattern matches the service's name. */
    public boolean covers(String service) {
        for (var pattern : patterns) {
            if (matches(pattern, service)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String service) {
        int star = pattern.indexOf(WILDCARD);
        return star < 0
                ? pattern.equals(service)
                : service.length() >= pattern.length() - 1
                        && service.startsWith(pattern.substring(0, star))
                        && service.endsWith(pattern.substring(star + 1));
    }
}
