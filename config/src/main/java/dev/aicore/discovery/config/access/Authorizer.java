package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Says who may take which route, by {@link AccessTable}: the only one who does. */
public final class Authorizer {

    /** A route as the dispatcher knows it. */
    private record Pattern(PathPattern path, RouteRule rule) {}

    /** Which methods a path takes is no secret. */
    private static final RouteRule OPTIONS =
            new RouteRule(HttpMethod.OPTIONS, "options", Permission.STATUS_READ, Subject.NONE);

    private final Map<HttpMethod, Map<String, RouteRule>> plain = new HashMap<>();
    private static final String SERVICE = "service_name";
    private static final Text ANY = Text.filled(1_024);

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
        patterns.computeIfAbsent(rule.method(), _ -> new ArrayList<>()).add(new Pattern(path, rule));
        // Those without variables are found at once, as long as they are written as everybody writes them.
        if (!path.hasPatternSyntax()
                && plain.computeIfAbsent(rule.method(), _ -> new HashMap<>()).putIfAbsent(rule.template(), rule)
                        != null) {
            throw new IllegalStateException(rule + " stands twice in the table.");
        }
    }

    /**
     * What the route of that template asks for.
     *
     * @throws IllegalStateException if it isn't in the table: nobody could take it
     */
    public RouteRule required(HttpMethod method, String template) {
        var found = find(method, PathContainer.parsePath(template));
        if (found == null) {
            throw new IllegalStateException(method + " " + template + " asks for no permission.");
        }
        return found;
    }

    /** What a request of that path asks for; null if no route of the table is meant. */
    @Nullable
    RouteRule find(HttpMethod method, PathContainer path) {
        if (method.equals(HttpMethod.OPTIONS)) {
            return isKnown(path) ? OPTIONS : null;
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

    private @Nullable RouteRule of(HttpMethod method, PathContainer path) {
        var direct = plain.getOrDefault(method, Map.of()).get(path.value());
        if (direct != null) {
            return direct;
        }
        for (var pattern : patterns.getOrDefault(method, List.of())) {
            if (pattern.path().matches(path)) {
                return pattern.rule();
            }
        }
        return null;
    }

    /**
     * Lets that caller pass.
     *
     * @throws RegistryException {@code forbidden} if their role hasn't that permission, or not for what is asked for; {@code not_found}
     *     instead where they only want to read it
     */
    void require(Caller caller, RouteRule rule, ServerHttpRequest request) {
        if (!isGranted(caller.role(), rule.permission())) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The role '" + caller.role() + "' hasn't the permission "
                            + rule.permission().word() + ", which this route asks for.",
                    new FieldError(
                            "role",
                            "hasn't the permission",
                            caller.role(),
                            "a role with the permission " + rule.permission().word()));
        }
        if (caller.reach() != null) {
            requireReach(caller, rule, request);
        }
    }

    private static void requireReach(Caller caller, RouteRule rule, ServerHttpRequest request) {
        if (rule.subject() == Subject.ALL) {
            throw new RegistryException(
                    ErrorCode.FORBIDDEN,
                    "The caller's role is bound to some services, and this is about all of them.",
                    new FieldError("role", "is bound to some services", caller.role(), "a role that is bound to none"));
        }
        var name = rule.subject() == Subject.NAMED ? named(rule, request) : null;
        if (name == null || caller.reaches(name)) {
            return;
        }
        if (rule.method().equals(HttpMethod.GET)) {
            throw new RegistryException(
                    ErrorCode.NOT_FOUND,
                    "There is no service '" + name + "' for this caller.",
                    new FieldError(
                            SERVICE, "names no service of the caller's", name, "a service that the role is bound to"));
        }
        caller.requireReach(name);
    }

    /** The service that is meant; null if none is named as it must be, which the route then refuses. */
    private static @Nullable String named(RouteRule rule, ServerHttpRequest request) {
        if (!rule.template().contains("{" + SERVICE + "}")) {
            return Query.of(request).textOrNull(SERVICE, ANY);
        }
        var found = PathPatternParser.defaultInstance
                .parse(rule.template())
                .matchAndExtract(request.getPath().pathWithinApplication());
        return found == null ? null : found.getUriVariables().get(SERVICE);
    }

    static boolean isGranted(String role, Permission permission) {
        if (permission == Permission.HEALTH_READ) {
            return true;
        }
        var known = Role.of(role);
        return known != null && AccessTable.grants(known).contains(permission);
    }
}
