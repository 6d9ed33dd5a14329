package dev.aicore.discovery.query.status;

import dev.aicore.discovery.config.metrics.Exposition;
import dev.aicore.discovery.config.web.Query;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers scrapes of Prometheus. Its path is a setting, so that it is mapped where it is made. */
final class MetricsController {

    static final Method ANSWER =
            Objects.requireNonNull(ReflectionUtils.findMethod(MetricsController.class, "metrics", Query.class));

    private static final MediaType TEXT = MediaType.parseMediaType(Exposition.MEDIA_TYPE);

    private final Exposition exposition;
    private final RegistryCounts counts;

    MetricsController(Exposition exposition, RegistryCounts counts) {
        this.exposition = exposition;
        this.counts = counts;
    }

    Mono<ResponseEntity<byte[]>> metrics(Query query) {
        query.orThrow();
        return counts.refresh()
                .then(Mono.fromSupplier(exposition::text).subscribeOn(Schedulers.boundedElastic()))
                .map(text -> ResponseEntity.ok()
                        .contentType(TEXT)
                        .cacheControl(CacheControl.noStore())
                        .body(text.getBytes(StandardCharsets.UTF_8)));
    }
}
