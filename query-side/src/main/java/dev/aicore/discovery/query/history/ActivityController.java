package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.api.history.ActivityView;
import dev.aicore.discovery.api.history.ActivityView.Bucket;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.history.ActivityReader.Neighbours;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns the number of changes over time, and the changes next to a position. */
@RestController
final class ActivityController {

    private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    private static final Duration MAX_WINDOW = Duration.ofDays(366);
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);
    private static final int MAX_BUCKETS = 500;
    private static final int DEFAULT_BUCKETS = 120;

    private final ActivityReader reader;
    private final AsOfResolver asOfResolver;

    ActivityController(ActivityReader reader, AsOfResolver asOfResolver) {
        this.reader = reader;
        this.asOfResolver = asOfResolver;
    }

    @GetMapping(path = "/api/v1/activity", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ActivityView>>> activity(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        var length = queryParameters.durationOr("window", MIN_WINDOW, MAX_WINDOW, DEFAULT_WINDOW);
        int buckets = queryParameters.integerOr("buckets", 1, MAX_BUCKETS, DEFAULT_BUCKETS);
        var around = queryParameters.numberOrNull("around", 0, Long.MAX_VALUE);
        var filter = EntryFilter.ofActivity(queryParameters).within(caller.reach());
        // Entries about keys and about the registry as a whole are for those who may read the audit.
        var permitted = caller.isGranted(Permission.AUDIT_READ) ? filter : filter.ofServicesOnly();
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        return asOfResolver.resolveOrNow(asOf, requirement).flatMap(resolved -> {
            var window = TimeWindow.before(resolved.at(), length);
            return reader.buckets(permitted, window, buckets, resolved.position())
                    .zipWith(neighbours(permitted, around, resolved))
                    .map(read -> resolved.toResponse(view(window, buckets, read.getT1(), read.getT2()))
                            .respond(HttpStatus.OK));
        });
    }

    private Mono<Neighbours> neighbours(EntryFilter filter, @Nullable Long around, ResolvedAsOfPoint resolved) {
        return around == null ? Mono.just(Neighbours.NONE) : reader.neighbours(filter, around, resolved.position());
    }

    private static ActivityView view(TimeWindow window, int count, List<Bucket> buckets, Neighbours neighbours) {
        long counted = buckets.stream().mapToLong(Bucket::changes).sum();
        return new ActivityView(
                window.from(),
                window.to(),
                ActivityReader.bucketMs(window, count),
                counted < ActivityReader.MAX_ENTRIES,
                buckets,
                neighbours.previous(),
                neighbours.next());
    }
}
