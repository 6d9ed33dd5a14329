package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Streams the changes of a service. */
@RestController
@RequestMapping(path = "/api/v1/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
final class WatchController {

    private static final String HEADER = "Last-Event-ID";
    private static final String PARAMETER = "last_event_id";
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final Feed feed;
    private final Changes changes;
    private final Duration longestWrite;
    private final Scheduler scheduler;

    /** @param longestWrite how long the network may take for what was written to a watcher */
    WatchController(Feed feed, Changes changes, Duration longestWrite, Scheduler scheduler) {
        this.feed = feed;
        this.changes = changes;
        this.longestWrite = longestWrite;
        this.scheduler = scheduler;
    }

    @GetMapping
    Mono<Void> watch(Query query, ServerHttpRequest request, ServerHttpResponse response) {
        String service = query.text("service_name", Names.SERVICE);
        Long given = query.numberOrNull(PARAMETER, 0, Long.MAX_VALUE);
        query.orThrow();
        // A browser that reconnects sends the header, and the address as it was when it came first.
        Long sent = sent(request.getHeaders().getFirst(HEADER));
        Long resumed = sent == null ? given : sent;
        return Mono.using(
                () -> feed.enter(service),
                seat -> {
                    var watch = new Watch(service, seat, changes, scheduler);
                    return watch.begin(sent == null ? PARAMETER : HEADER, resumed)
                            .flatMap(first -> EventStream.write(response, first, watch.next(), longestWrite));
                },
                Feed.Seat::leave);
    }

    private static @Nullable Long sent(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        if (!POSITION.matcher(header).matches()) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    HEADER + " must be the id of an event.",
                    new FieldError(HEADER, "must be the id of an event", header, "the position of an event"));
        }
        return Long.valueOf(header);
    }
}
