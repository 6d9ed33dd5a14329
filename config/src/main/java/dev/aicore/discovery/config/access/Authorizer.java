package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Says who may take which route, by {@link AccessTable}: the only one who does. */
public final class Authorizer {

    /** A route as the dispatcher knows it. */
    private record Pattern(PathPattern path, Permission permission) {}

    private final Map<HttpMethod, Map<String, Permission>> plain = new HashMap<>();
    private final Map<HttpMethod, List<Pattern>> patterns = new HashMap<>();

    Authorizer(List<RouteRule> rules) {
        for (var rule : rules) {
            add(rule);
        }
        // As the dispatcher chooses among those that match.
        patterns.values().forEach(of -> of.sort((a, b) -> a.path().compareTo(b.path())));
    }

    private void add(RouteRule rule) {
        var path = PathPatternParser.defaultInstance.parse(rule.template());
        patterns.computeIfAbsent(rule.method(), _ -> new ArrayList<>()).add(new Pattern(path, rule.permission()));
        // Those without variables are found at once, as long as they are written as everybody writes them.
        if (!path.hasPatternSyntax()
                && plain.computeIfAbsent(rule.method(), _ -> new HashMap<>())
                                .putIfAbsent(rule.template(), rule.permission())
                        != null) {
            throw new IllegalStateException(rule + " stands twice in the table.");
        }
    }

    /**
     * What the route of that template asks for.
     *
     * @throws IllegalStateException if it isn't in the table: nobody could take it
     */
    public Permission required(HttpMethod method, String template) {
        var found = find(method, PathContainer.parsePath(template));
        if (found == null) {
            throw new IllegalStateException(method + " " + template + " asks for no permission.");
        }
        return found;
    }

    /** What a request of that path asks for; null if no route of the table is meant. */
    @Nullable
    Permission find(HttpMethod method, PathContainer path) {
        if (method.equals(HttpMethod.OPTIONS)) {
            return isKnown(path) ? Permission.STATUS_READ : null;
        }
        return of(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method, path);
    }

    private boolean isKnown(PathContainer path) {
        for (var method : HttpMethod.values()) {
            if (of(method, path) != null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Permission of(HttpMethod method, PathContainer path) {
        var direct = plain.getOrDefault(method, Map.of()).get(path.value());
        if (direct != null) {
            return direct;
        }
        for (var pattern : patterns.getOrDefault(method, List.of())) {
            if (pattern.path().matches(path)) {
                return pattern.permission();
            }
        }
        return null;
    }

    /**
     * Lets that caller pass.
     *
     * @throws RegistryException {@code forbidden} if their role hasn't that permission
     */
    void require(Caller caller, Permission permission) {
        if (!isGranted(caller.role(), permission)) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The role '" + caller.role() + "' hasn't the permission " + permission.word()
                            + ", which this route asks for.");
        }
    }

    static boolean isGranted(String role, Permission permission) {
        if (permission == Permission.HEALTH_READ) {
            return true;
        }
        var known = Role.of(role);
        return known != null && AccessTable.grants(known).contains(permission);
    }
}
