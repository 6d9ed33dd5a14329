package dev.aicore.discovery.projection.deadletter;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.deadletter.DeadLetterErrors;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import dev.aicore.discovery.projection.processing.DeadLetter;
import dev.aicore.discovery.projection.processing.DeadLetterRetryService;
import dev.aicore.discovery.projection.processing.DeadLetterRetryService.RetryResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists the dead letters and retries them. Dropping one is a write and belongs to the command side. */
@RestController
@RequestMapping(path = "/api/v1/admin/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLetterController {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterController.class);

    private static final TextConstraint POSITION =
            TextConstraint.matching(Pattern.compile("[0-9]{1,18}"), "a position, such as 1234");

    private final DeadLetterRetryService parked;
    private final Runnable requireActive;
    private final TimeSource time;
    private final BlockingQueryExecutor blockingQueryExecutor;

    /**
     * Creates the controller.
     *
     * @param requireActive throws if another node folds the read models
     */
    DeadLetterController(
            DeadLetterRetryService deadLetters,
            Runnable requireActive,
            TimeSource time,
            BlockingQueryExecutor blockingQueryExecutor) {
        this.parked = deadLetters;
        this.requireActive = requireActive;
        this.time = time;
        this.blockingQueryExecutor = blockingQueryExecutor;
    }

    /** Page of dead letters. */
    record DeadLetterPage(List<DeadLetter> deadLetters) {}

    /** Result of a retry. */
    record RetryResponse(long position, List<ProjectionRetry> projections) {}

    /**
     * Result of a retry in one read model.
     *
     * @param folded number of facts that were folded
     * @param parked number of facts of the same sequence that are still parked
     */
    record ProjectionRetry(String name, long folded, long parked) {}

    @GetMapping
    Mono<ResponseEntity<ApiResponse<DeadLetterPage>>> list(QueryParameters queryParameters) {
        int limit = Page.limit(queryParameters);
        long behind = queryParameters.numberOr("cursor", 0, Long.MAX_VALUE, 0);
        queryParameters.validate();
        return blockingQueryExecutor
                .execute(() -> parked.list(behind, limit + 1))
                .map(found -> {
                    var page = Page.of(found, limit);
                    return ApiResponse.of(new DeadLetterPage(page.rows()), time.now())
                            .next(page.next(last -> Long.toString(last.position())))
                            .respond(HttpStatus.OK);
                });
    }

    @PostMapping("/{position}/retry")
    Mono<ResponseEntity<ApiResponse<RetryResponse>>> retry(
            @PathVariable("position") String position, Caller caller, QueryParameters queryParameters) {
        long wanted = Long.parseLong(POSITION.require("position", position));
        queryParameters.validate();
        requireActive.run();
        return blockingQueryExecutor.execute(() -> parked.retry(wanted)).map(tried -> {
            if (tried.isEmpty()) {
                throw DeadLetterErrors.unknown(wanted);
            }
            LOG.info("{} retried the fact at position {}: {}", caller.principal(), wanted, tried);
            return ApiResponse.of(new RetryResponse(wanted, views(tried)), time.now())
                    .respond(HttpStatus.OK);
        });
    }

    private static List<ProjectionRetry> views(Map<String, RetryResult> tried) {
        return tried.entrySet().stream()
                .map(entry -> new ProjectionRetry(
                        entry.getKey(),
                        entry.getValue().folded(),
                        entry.getValue().parked()))
                .toList();
    }
}
