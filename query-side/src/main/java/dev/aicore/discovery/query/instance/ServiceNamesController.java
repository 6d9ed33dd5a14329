package dev.aicore.discovery.query.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.instance.ServiceNamesView;
import dev.aicore.discovery.api.instance.ServiceNamesView.ServiceName;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Lists the services that have instances. */
@RestController
final class ServiceNamesController {

    private static final String CURSOR = "cursor";

    private final ServiceNamesReader names;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final AsOfResolver asOfResolver;
    private final TimeSource time;

    ServiceNamesController(
            ServiceNamesReader names,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        this.names = names;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.asOfResolver = asOfResolver;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/service-names", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ServiceNamesView>>> names(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        int limit = Page.limit(queryParameters);
        String after = after(queryParameters);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        // One row more than the limit shows whether there is a next page.
        return asOf == null
                ? readYourWritesBarrier
                        .readAtLeast(
                                requirement, InstanceReader.PROJECTIONS, names.page(after, limit + 1, caller.reach()))
                        .map(result ->
                                page(result.rows(), limit, rows -> ApiResponse.of(rows, result.position(), time.now())))
                : asOfResolver
                        .find(asOf, AsOfParameter.AT, requirement.patience())
                        .flatMap(resolvedAsOfPoint -> names.pageAt(
                                        after, limit + 1, caller.reach(), resolvedAsOfPoint.position())
                                .map(found -> page(found.rows(), limit, resolvedAsOfPoint::toResponse)));
    }

    private static ResponseEntity<ApiResponse<ServiceNamesView>> page(
            List<ServiceName> rows, int limit, Function<ServiceNamesView, ApiResponse<ServiceNamesView>> answer) {
        var page = Page.of(rows, limit);
        var next = page.next(last -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.name().getBytes(UTF_8)));
        return answer.apply(new ServiceNamesView(page.rows())).next(next).respond(HttpStatus.OK);
    }

    private static String after(QueryParameters queryParameters) {
        String cursor = queryParameters.textOrNull(CURSOR, TextConstraint.nonEmpty(256));
        String name = cursor == null ? "" : decoded(cursor);
        if (name == null) {
            queryParameters.reject(CURSOR, "is not a cursor of this list", "the next_cursor of the previous page");
            return "";
        }
        return name;
    }

    private static @Nullable String decoded(String cursor) {
        try {
            String name = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            return NameRules.isService(name) ? name : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
