package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ApplicationList;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.SingleInstance;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.ImmediateMono;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves the reads of Eureka's protocol, of the present, or of the past with the parameter {@code at}. */
@RestController
@RequestMapping({"/eureka", "/eureka/v2"})
final class EurekaReadController {

    static final String DIALECT = "eureka";

    /** Version of an answer by virtual address, as Eureka's server has it. */
    private static final int NO_VERSION = -1;

    private final RegistrySnapshotService snapshots;
    private final ApplicationAnswerCache applicationCache;
    private final DialectMetrics metrics;
    private final TimeSource time;

    EurekaReadController(
            RegistrySnapshotService snapshots,
            ApplicationAnswerCache applicationCache,
            DialectMetrics metrics,
            TimeSource time) {
        this.snapshots = snapshots;
        this.applicationCache = applicationCache;
        this.metrics = metrics;
        this.time = time;
    }

    @GetMapping({"/apps", "/apps/"})
    Mono<ResponseEntity<byte[]>> applications(Caller caller, ServerHttpRequest request) {
        return counted("list_applications", () -> {
            var format = EurekaFormat.of(request.getHeaders());
            boolean compact = EurekaResponse.isCompact(request.getHeaders());
            boolean gzip = EurekaResponse.acceptsGzip(request.getHeaders());
            return snapshot(caller, request)
                    .flatMap(snapshot -> EncodedApplications.of(snapshot)
                            .get(format, compact, gzip)
                            .map(body -> EurekaResponse.of(snapshot, format, body, gzip)));
        });
    }

    @GetMapping({"/apps/delta", "/apps/delta/"})
    Mono<ResponseEntity<byte[]>> delta(Caller caller, ServerHttpRequest request) {
        return counted("read_delta", () -> {
            if (request.getQueryParams().containsKey(EurekaResponse.AT)) {
                throw EurekaErrors.invalid("The delta has no past: 'at' is a parameter of apps.");
            }
            var format = EurekaFormat.of(request.getHeaders());
            boolean gzip = EurekaResponse.acceptsGzip(request.getHeaders());
            return snapshots
                    .current(caller)
                    .flatMap(snapshot -> EncodedDelta.of(snapshot)
                            .get(format, gzip, time.now())
                            .map(body -> EurekaResponse.of(snapshot, format, body, gzip)));
        });
    }

    @GetMapping("/apps/{app}")
    Mono<ResponseEntity<byte[]>> application(@PathVariable String app, Caller caller, ServerHttpRequest request) {
        return metrics.countingReady(DIALECT, "read_application", () -> {
            var format = EurekaFormat.of(request.getHeaders());
            var ready = request.getURI().getRawQuery() == null ? snapshots.findCurrent() : null;
            return ready == null
                    ? snapshot(caller, request).flatMap(snapshot -> application(app, snapshot, format))
                    : application(app, ready.visibleTo(caller), format);
        });
    }

    private Mono<ResponseEntity<byte[]>> application(String app, RegistrySnapshot snapshot, EurekaFormat format) {
        var application = EurekaApplications.of(snapshot).application(app);
        if (application == null) {
            throw EurekaErrors.notFound();
        }
        var body = applicationCache.get(application, format);
        var ready = ImmediateMono.value(body);
        return ready == null
                ? body.map(encoded -> EurekaResponse.of(snapshot, format, encoded, false))
                : Mono.just(EurekaResponse.of(snapshot, format, ready, false));
    }

    @GetMapping("/apps/{app}/{id}")
    Mono<ResponseEntity<byte[]>> instance(
            @PathVariable String app, @PathVariable String id, Caller caller, ServerHttpRequest request) {
        return answer("read_instance", caller, request, applications -> single(applications.find(app, id)));
    }

    @GetMapping("/instances/{id}")
    Mono<ResponseEntity<byte[]>> instance(@PathVariable String id, Caller caller, ServerHttpRequest request) {
        return answer("read_instance", caller, request, applications -> single(applications.findInAny(id)));
    }

    @GetMapping("/vips/{vip}")
    Mono<ResponseEntity<byte[]>> virtualAddress(@PathVariable String vip, Caller caller, ServerHttpRequest request) {
        return withVirtualAddress("vipAddress", vip, caller, request);
    }

    @GetMapping("/svips/{vip}")
    Mono<ResponseEntity<byte[]>> secureVirtualAddress(
            @PathVariable String vip, Caller caller, ServerHttpRequest request) {
        return withVirtualAddress("secureVipAddress", vip, caller, request);
    }

    private Mono<ResponseEntity<byte[]>> withVirtualAddress(
            String member, String address, Caller caller, ServerHttpRequest request) {
        return answer("read_virtual_address", caller, request, applications -> {
            var found = applications.withVirtualAddress(member, address);
            return new ApplicationList(
                    NO_VERSION,
                    EurekaApplications.hash(found.values()),
                    EncodedApplications.listed(found),
                    EurekaResponse.isCompact(request.getHeaders()));
        });
    }

    private static @Nullable EurekaAnswer single(@Nullable EurekaEntry entry) {
        return entry == null || !entry.isListed() ? null : new SingleInstance(ListedInstance.of(entry));
    }

    private Mono<ResponseEntity<byte[]>> answer(
            String operation,
            Caller caller,
            ServerHttpRequest request,
            Function<EurekaApplications, @Nullable EurekaAnswer> read) {
        return counted(operation, () -> {
            var format = EurekaFormat.of(request.getHeaders());
            return snapshot(caller, request).map(snapshot -> {
                var answer = read.apply(EurekaApplications.of(snapshot));
                if (answer == null) {
                    throw EurekaErrors.notFound();
                }
                return EurekaResponse.of(snapshot, format, format.write(answer), false);
            });
        });
    }

    private Mono<RegistrySnapshot> snapshot(Caller caller, ServerHttpRequest request) {
        var at = request.getQueryParams().getFirst(EurekaResponse.AT);
        if (at == null) {
            return snapshots.current(caller);
        }
        var point = AsOfParser.parse(at);
        if (point == null) {
            throw EurekaErrors.invalid(
                    "The parameter at is not a point in time: expected " + AsOfParser.EXPECTED + ".");
        }
        return snapshots.asOf(point, caller);
    }

    private <T> Mono<T> counted(String operation, Supplier<Mono<T>> answer) {
        return metrics.counting(DIALECT, operation, Mono.defer(answer));
    }
}
