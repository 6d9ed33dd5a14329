package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.MomentText;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.projection.flow.Questions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Streams a bundle, as fast as its caller takes it. */
@RestController
final class ExportController {

    private static final Duration SHORTEST = Duration.ZERO;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Moment NOW = new Moment.Ago(Duration.ZERO);

    private final Exports exports;
    private final Duration longestWrite;
    private final Questions questions;

    ExportController(Exports exports, Duration longestWrite, Questions questions) {
        this.exports = exports;
        this.longestWrite = longestWrite;
        this.questions = questions;
    }

    @GetMapping(path = "/api/v1/admin/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Mono<Void> export(Query query, Caller caller, ServerHttpResponse response) {
        var from = MomentText.of(query, "from");
        if (!query.has("from")) {
            query.reject("from", "is required", MomentText.EXPECTED);
        }
        var to = Objects.requireNonNullElse(MomentText.of(query, "to"), NOW);
        var patience = query.durationOr("wait", SHORTEST, LONGEST, PATIENCE);
        query.orThrow();
        var begin = Objects.requireNonNull(from);
        return Mono.usingWhen(
                questions.ask(() -> exports.open(begin, to, patience)),
                export -> write(response, questions.ask(() -> exports.next(export)), caller),
                export -> questions.ask(() -> {
                    exports.close(export);
                    return true;
                }));
    }

    private Mono<Void> write(ServerHttpResponse response, Mono<List<byte[]>> lines, Caller caller) {
        var next = caller.admission().over(lines.filter(some -> !some.isEmpty()));
        return EventStream.writeLines(response, lines, next, longestWrite);
    }
}
