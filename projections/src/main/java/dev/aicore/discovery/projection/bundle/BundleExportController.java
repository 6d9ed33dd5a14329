package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Streams a bundle at the pace of its reader. */
@RestController
final class BundleExportController {

    private static final Duration MIN_WAIT = Duration.ZERO;
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final AsOfPoint NOW = new AsOfPoint.Ago(Duration.ZERO);

    private final BundleExporter bundleExporter;
    private final Duration maxWrite;
    private final BlockingQueryExecutor blockingQueryExecutor;

    BundleExportController(
            BundleExporter bundleExporter, Duration maxWrite, BlockingQueryExecutor blockingQueryExecutor) {
        this.bundleExporter = bundleExporter;
        this.maxWrite = maxWrite;
        this.blockingQueryExecutor = blockingQueryExecutor;
    }

    @GetMapping(path = "/api/v1/admin/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Mono<Void> export(QueryParameters queryParameters, Caller caller, ServerHttpResponse response) {
        var from = AsOfParser.of(queryParameters, "from");
        if (!queryParameters.has("from")) {
            queryParameters.reject("from", "is required", AsOfParser.EXPECTED);
        }
        var to = Objects.requireNonNullElse(AsOfParser.of(queryParameters, "to"), NOW);
        var patience = queryParameters.durationOr("wait", MIN_WAIT, MAX_WAIT, TIMEOUT);
        queryParameters.validate();
        var begin = Objects.requireNonNull(from);
        return Mono.usingWhen(
                blockingQueryExecutor.execute(() -> bundleExporter.open(begin, to, patience)),
                bundleExport ->
                        write(response, blockingQueryExecutor.execute(() -> bundleExporter.next(bundleExport)), caller),
                export -> blockingQueryExecutor.execute(() -> {
                    bundleExporter.close(export);
                    return true;
                }));
    }

    private Mono<Void> write(ServerHttpResponse response, Mono<List<byte[]>> lines, Caller caller) {
        var next = caller.admission().validating(lines.filter(some -> !some.isEmpty()));
        return StreamingResponseWriter.writeLines(response, lines, next, maxWrite);
    }
}
