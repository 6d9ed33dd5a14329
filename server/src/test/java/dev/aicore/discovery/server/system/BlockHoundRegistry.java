package dev.aicore.discovery.server.system;

import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.access.RoutePermission;
import dev.aicore.discovery.access.RoutePermission.ResourceScope;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.blockhound.BlockHound;

/** Server in which a call that blocks an event loop fails, with one additional route that makes such a call. */
public final class BlockHoundRegistry {

    /** Path of the route that blocks. */
    static final String BLOCKING = "/blocking";

    private BlockHoundRegistry() {}

    public static void main(String[] args) {
        BlockHound.install();
        var application = ServiceDiscovery.application();
        application.addInitializers(context -> {
            var beans = (GenericApplicationContext) context;
            beans.registerBean(Blocking.class, Blocking::new);
            beans.registerBean(
                    RoutePermission.class,
                    () -> new RoutePermission(HttpMethod.GET, BLOCKING, Permission.STATUS_READ, ResourceScope.NONE));
        });
        application.run(args);
    }

    @RestController
    static final class Blocking {
        @GetMapping(BLOCKING)
        boolean block() throws InterruptedException {
            return new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
        }
    }
}
