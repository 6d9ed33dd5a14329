package dev.aicore.discovery.query.planned;

import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Every route of the API that a later version serves. Until then each is answered 501 {@code planned} with what it will do, so
 * that a caller can tell it from a path that will never be there. Whoever builds one deletes its line: a route that is both
 * built and planned stops the start.
 */
public final class PlannedRoutes {

    /** All of them, in the order of the documentation. */
    public static final List<PlannedRoute> ALL = List.of(
            get("/api/v1/services/{service_name}/uptime", "Tells the availability of a service in a window of time."),
            get("/api/v1/audit", "Lists who did what, of all services."),
            get("/api/v1/diff", "Tells what changed between two moments, and by whom."),
            get("/api/v1/explain", "Tells, rule by rule, why an instance is or isn't discovered."),
            get("/api/v1/events", "Streams the event store."),
            get("/api/v1/admin/projections", "Lists the read models, and how far each is."),
            get("/api/v1/admin/projections/{projection}", "Tells how far a read model, or its rebuild, is."),
            post("/api/v1/admin/projections/{projection}/rebuild", "Builds a read model anew from the event store."),
            post("/api/v1/admin/projections/{projection}/verify", "Compares a read model with the event store."));

    private PlannedRoutes() {}

    /**
     * A route that isn't built.
     *
     * @param path a template such as {@code /api/v1/services/{service_name}/uptime}
     * @param purpose what it will do: a sentence
     */
    public record PlannedRoute(HttpMethod method, String path, String purpose) {}

    private static PlannedRoute get(String path, String purpose) {
        return new PlannedRoute(HttpMethod.GET, path, purpose);
    }

    private static PlannedRoute post(String path, String purpose) {
        return new PlannedRoute(HttpMethod.POST, path, purpose);
    }
}
