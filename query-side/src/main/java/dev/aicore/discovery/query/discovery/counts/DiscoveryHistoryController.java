package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.api.history.DiscoveryHistoryView;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCountReader.MinuteRange;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists which principals discovered a service, minute by minute. */
@RestController
final class DiscoveryHistoryController {

    private static final TextConstraint PRINCIPAL = TextConstraint.nonEmpty(256);

    private final DiscoveryCountReader reader;
    private final AsOfResolver asOfResolver;

    DiscoveryHistoryController(DiscoveryCountReader reader, AsOfResolver asOfResolver) {
        this.reader = reader;
        this.asOfResolver = asOfResolver;
    }

    @GetMapping(path = "/api/v1/services/{service_name}/discoveries", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<DiscoveryHistoryView>>> discoveries(
            @PathVariable("service_name") String service, QueryParameters queryParameters, ServerHttpRequest request) {
        QueryNameRules.SERVICE.require("service_name", service);
        var principal = queryParameters.textOrNull("principal", PRINCIPAL);
        int limit = Page.limit(queryParameters);
        var behind = DiscoveryCountCursor.of(queryParameters);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        // One row more than the limit shows whether there is a next page.
        return asOfResolver
                .resolveOrNow(asOf, requirement)
                .flatMap(moment -> reader.page(service, principal, range(asOf, moment), behind, limit + 1)
                        .map(found -> {
                            var page = Page.of(found, limit);
                            return moment.toResponse(new DiscoveryHistoryView(service, page.rows()))
                                    .next(page.next(last ->
                                            DiscoveryCountCursor.of(last).cursor()))
                                    .respond(HttpStatus.OK);
                        }));
    }

    private static MinuteRange range(@Nullable AsOfPoint asOf, ResolvedAsOfPoint moment) {
        return asOf instanceof AtPosition at ? MinuteRange.upTo(at.position()) : MinuteRange.upTo(moment.at());
    }
}
