package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.discovery.ExplainView;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Explains, rule by rule, why an instance is or isn't discovered, now or at a point in the past. */
@RestController
final class ExplainController {

    private final InstanceEvidenceReader reader;
    private final AsOfInstanceReader asOfReader;
    private final AsOfResolver asOfResolver;
    private final ExplanationBuilder explanationBuilder;

    ExplainController(
            InstanceEvidenceReader reader,
            AsOfInstanceReader asOfReader,
            AsOfResolver asOfResolver,
            ExplanationBuilder explanationBuilder) {
        this.reader = reader;
        this.asOfReader = asOfReader;
        this.asOfResolver = asOfResolver;
        this.explanationBuilder = explanationBuilder;
    }

    @GetMapping(path = "/api/v1/explain", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ExplainView>>> explain(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        var discoverFilter = DiscoverFilter.of(queryParameters);
        var id = queryParameters.text("id", NameRules.INSTANCE);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        return asOfResolver
                .resolveOrNow(asOf, requirement)
                .flatMap(resolvedAsOfPoint -> explain(discoverFilter, id, resolvedAsOfPoint, caller)
                        .map(view -> resolvedAsOfPoint.toResponse(view).respond(HttpStatus.OK)));
    }

    private Mono<ExplainView> explain(
            DiscoverFilter discoverFilter, String id, ResolvedAsOfPoint resolvedAsOfPoint, Caller caller) {
        return Mono.zip(
                reader.read(id, resolvedAsOfPoint.position())
                        .map(instanceEvidence -> instanceEvidence.visibleTo(caller))
                        .delayUntil(known -> requireFolded(id, resolvedAsOfPoint, known, caller)),
                asOfReader.outlineOf(discoverFilter.service(), resolvedAsOfPoint.position()),
                (known, service) -> explanationBuilder.of(
                        discoverFilter, id, known, ServiceSnapshot.of(service).counts()));
    }

    /**
     * Fails if a fact of the instance is a dead letter. A caller whose service scope excludes the instance learns
     * nothing about it, including that.
     */
    private Mono<?> requireFolded(
            String id, ResolvedAsOfPoint resolvedAsOfPoint, InstanceEvidence instanceEvidence, Caller caller) {
        return caller.reach() == null || instanceEvidence.service() != null
                ? asOfReader.one(id, resolvedAsOfPoint.position())
                : Mono.empty();
    }
}
