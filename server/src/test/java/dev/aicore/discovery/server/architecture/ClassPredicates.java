package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Selects the kinds of classes that the rules refer to. */
final class ClassPredicates {

    private static final Set<String> STATEMENTS =
            Set.of("java.sql.Statement", "io.r2dbc.spi.Statement", "io.r2dbc.spi.Batch");

    private static final Set<String> CLIENTS = Set.of(
            "java.net.Socket",
            "java.net.DatagramSocket",
            "java.net.URLConnection",
            "java.nio.channels.SocketChannel",
            "java.nio.channels.DatagramChannel",
            "java.nio.channels.AsynchronousSocketChannel",
            "javax.net.SocketFactory",
            "io.netty.bootstrap.Bootstrap",
            "io.grpc.ManagedChannelBuilder",
            "reactor.netty.tcp.TcpClient",
            "reactor.netty.udp.UdpClient");

    private static final List<String> CLIENT_PACKAGES = List.of(
            "java.net.http",
            "reactor.netty.http.client",
            "org.springframework.web.client",
            "org.springframework.web.reactive.function.client");

    private static final Set<String> WEB_TYPES = Set.of(
            "org.springframework.http.server.reactive.HttpHandler",
            "org.springframework.web.server.WebFilter",
            "org.springframework.web.server.WebHandler",
            "org.springframework.web.server.WebExceptionHandler");

    private static final Set<String> WEB_ANNOTATIONS = Set.of(
            "org.springframework.stereotype.Controller", "org.springframework.web.bind.annotation.ControllerAdvice");

    private ClassPredicates() {}

    /** Selects classes that may contain SQL, including Flyway's migrations in Java, which create tables. */
    static DescribedPredicate<JavaClass> sqlPlaces() {
        return DescribedPredicate.describe("places of SQL", type -> {
            String name = outermost(type).getSimpleName();
            return name.endsWith("Rows")
                    || name.endsWith("Reader")
                    || type.isAssignableTo("org.flywaydb.core.api.migration.JavaMigration");
        });
    }

    static DescribedPredicate<JavaClass> statements() {
        return DescribedPredicate.describe(
                "are statements", type -> STATEMENTS.stream().anyMatch(type::isAssignableTo));
    }

    static DescribedPredicate<JavaClass> outboundClients() {
        return DescribedPredicate.describe(
                "open connections",
                type -> CLIENTS.stream().anyMatch(type::isAssignableTo)
                        || CLIENT_PACKAGES.stream().anyMatch(name -> isIn(type, name)));
    }

    /** Selects classes that run on event loops, by type, annotation or name. */
    static DescribedPredicate<JavaClass> runOnAnEventLoop() {
        return DescribedPredicate.describe("run on an event loop", type -> {
            JavaClass outermost = outermost(type);
            String name = outermost.getSimpleName();
            return name.endsWith("Controller")
                    || name.endsWith("Handler")
                    || name.endsWith("Filter")
                    || name.endsWith("Authenticator")
                    || WEB_TYPES.stream().anyMatch(outermost::isAssignableTo)
                    || WEB_ANNOTATIONS.stream()
                            .anyMatch(annotation ->
                                    outermost.isAnnotatedWith(annotation) || outermost.isMetaAnnotatedWith(annotation));
        });
    }

    static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getName() + " is in " + type.getPackageName() + ", marked: " + marked));
            }
        };
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ClassPredicates::outermost).orElse(type);
    }

    private static boolean isIn(JavaClass type, String name) {
        return type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".");
    }
}
