package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstancesView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns single instances and lists of instances. */
@RestController
@RequestMapping(path = "/api/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
final class InstanceController {

    private final InstanceReader instances;
    private final AsOfInstanceReader asOfReader;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final AsOfResolver asOfResolver;
    private final TimeSource time;

    InstanceController(
            InstanceReader instances,
            AsOfInstanceReader asOfReader,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        this.instances = instances;
        this.asOfReader = asOfReader;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.asOfResolver = asOfResolver;
        this.time = time;
    }

    @GetMapping
    Mono<ResponseEntity<ApiResponse<InstancesView>>> list(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        return page(InstanceFilter.of(queryParameters, caller.reach()), queryParameters, request);
    }

    @GetMapping("/{service_name}/instances")
    Mono<ResponseEntity<ApiResponse<InstancesView>>> ofService(
            @PathVariable("service_name") String service, QueryParameters queryParameters, ServerHttpRequest request) {
        return page(
                InstanceFilter.of(QueryNameRules.SERVICE.require("service_name", service), null, queryParameters),
                queryParameters,
                request);
    }

    /**
     * Returns one instance. The entity tag covers the declaration only. It is set on the response directly, because
     * Spring would otherwise answer 304 although health or lease may have changed.
     */
    @GetMapping("/{id}")
    Mono<ResponseEntity<ApiResponse<InstanceView>>> one(
            @PathVariable String id,
            QueryParameters queryParameters,
            Caller caller,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        NameRules.INSTANCE.require("service_id", id);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        var answer = asOf == null
                ? readYourWritesBarrier
                        .readAtLeast(requirement, InstanceReader.PROJECTIONS, instances.one(id))
                        .map(result -> ApiResponse.of(
                                QueryNameRules.requirePresent(id, visibleTo(result.rows(), caller)),
                                result.position(),
                                time.now()))
                : asOfResolver
                        .find(asOf, AsOfParameter.AT, requirement.patience())
                        .flatMap(resolvedAsOfPoint -> asOfReader
                                .one(id, resolvedAsOfPoint.position())
                                .map(found -> resolvedAsOfPoint.toResponse(QueryNameRules.requirePresentAt(
                                        id, visibleTo(found.rows(), caller), resolvedAsOfPoint.at()))));
        return answer.map(found -> {
            var view = found.data();
            response.getHeaders().setETag(InstanceETag.of(view.registeredAt(), view.declarationVersion()));
            return found.respond(HttpStatus.OK);
        });
    }

    private static Optional<InstanceView> visibleTo(Optional<InstanceView> found, Caller caller) {
        return found.filter(instance -> caller.coversService(instance.name()));
    }

    private Mono<ResponseEntity<ApiResponse<InstancesView>>> page(
            InstanceFilter instanceFilter, QueryParameters queryParameters, ServerHttpRequest request) {
        int limit = Page.limit(queryParameters);
        var after = InstanceCursor.of(queryParameters, instanceFilter.service());
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        return asOf == null
                ? readYourWritesBarrier
                        .readAtLeast(
                                requirement, InstanceReader.PROJECTIONS, instances.page(instanceFilter, after, limit))
                        .delayUntil(result -> instances.requireFolded(instanceFilter.service(), requirement.position()))
                        .map(found -> page(found.rows(), rows -> ApiResponse.of(rows, found.position(), time.now())))
                : asOfResolver
                        .find(asOf, AsOfParameter.AT, requirement.patience())
                        .flatMap(resolvedAsOfPoint -> asOfReader
                                .page(instanceFilter, after, limit, resolvedAsOfPoint.position())
                                .map(found -> page(found.rows(), resolvedAsOfPoint::toResponse)));
    }

    private static ResponseEntity<ApiResponse<InstancesView>> page(
            Page<InstanceView> page, Function<InstancesView, ApiResponse<InstancesView>> answer) {
        return answer.apply(new InstancesView(page.rows()))
                .next(page.next(last -> InstanceCursor.of(last).cursor()))
                .respond(HttpStatus.OK);
    }
}
