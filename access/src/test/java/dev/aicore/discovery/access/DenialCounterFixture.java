package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.http.HttpMethod;

/** Counter of denials, and denials to count, for tests of other modules. */
public final class DenialCounterFixture {

    /** Route of the denied requests. */
    public static final String ROUTE = "GET /api/v1/services";

    private static final RoutePermission PERMISSION =
            new RoutePermission(HttpMethod.GET, "/api/v1/services", Permission.REGISTRY_READ);

    private final AccessDenialCounter counter;

    public DenialCounterFixture(TimeSource time) {
        this.counter = new AccessDenialCounter(new SimpleMeterRegistry(), time);
    }

    public AccessDenialCounter counter() {
        return counter;
    }

    /** Counts a request to {@link #ROUTE} that was denied as forbidden. */
    public void deny(String principal) {
        counter.count(new RegistryException(ErrorCode.FORBIDDEN, "No."), principal, PERMISSION);
    }
}
