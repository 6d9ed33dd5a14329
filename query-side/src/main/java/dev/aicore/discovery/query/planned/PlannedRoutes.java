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
            get("/api/v1/configurations/{service_name}", "Answers the configuration of a service."),
            put("/api/v1/configurations/{service_name}", "Stores a new version of a service's configuration."),
            delete("/api/v1/configurations/{service_name}", "Deletes the configuration of a service."),
            get("/api/v1/configurations/{service_name}/versions", "Lists the versions of a configuration."),
            get("/api/v1/configurations/{service_name}/versions/{version}", "Answers one version of a configuration."),
            post(
                    "/api/v1/configurations/{service_name}/rollback",
                    "Makes an old version of a configuration the newest."),
            get("/api/v1/configurations/{service_name}/diff", "Tells how two versions of a configuration differ."));

    private PlannedRoutes() {}

    /**
     * A route that isn't built.
     *
     * @param path a template such as {@code /api/v1/configurations/{service_name}}
     * @param purpose what it will do: a sentence
     */
    public record PlannedRoute(HttpMethod method, String path, String purpose) {}

    private static PlannedRoute get(String path, String purpose) {
        return new PlannedRoute(HttpMethod.GET, path, purpose);
    }

    private static PlannedRoute post(String path, String purpose) {
        return new PlannedRoute(HttpMethod.POST, path, purpose);
    }

    private static PlannedRoute put(String path, String purpose) {
        return new PlannedRoute(HttpMethod.PUT, path, purpose);
    }

    private static PlannedRoute delete(String path, String purpose) {
        return new PlannedRoute(HttpMethod.DELETE, path, purpose);
    }
}
