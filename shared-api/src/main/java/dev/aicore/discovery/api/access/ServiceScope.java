package dev.aicore.discovery.api.access;

import java.util.List;

/**
 * Which services a caller's role is bound to, by their names.
 *
 * @param patterns names, each of which may have one {@code *} that stands for anything
 */
public record ServiceScope(List<String> patterns) {

    private static final char ANYTHING = '*';

    public ServiceScope {
        patterns = List.copyOf(patterns);
    }

    /** Whether the service of that name is within it. */
    public boolean covers(String service) {
        for (var pattern : patterns) {
            if (matches(pattern, service)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String service) {
        int star = pattern.indexOf(ANYTHING);
        return star < 0
                ? pattern.equals(service)
                : service.length() >= pattern.length() - 1
                        && service.startsWith(pattern.substring(0, star))
                        && service.endsWith(pattern.substring(star + 1));
    }
}
