package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.DiffView;
import dev.aicore.discovery.api.history.DiffView.Difference;
import dev.aicore.discovery.api.history.DiffView.Summary;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.history.DiffReader.DiffScope;
import dev.aicore.discovery.query.instance.InstanceCursor;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.json.JsonPatchOperation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns what changed between two points in time, and who changed it. */
@RestController
@RequestMapping("/api/v1/diff")
final class InstanceDiffController {

    /** Maximum number of instances in a patch. A larger patch is refused, because a truncated patch would be wrong. */
    private static final int MAX_PATCHED = 10_000;

    private final DiffReader reader;
    private final AsOfResolver asOfResolver;

    InstanceDiffController(DiffReader reader, AsOfResolver asOfResolver) {
        this.reader = reader;
        this.asOfResolver = asOfResolver;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<DiffView>>> diff(QueryParameters queryParameters, Caller caller) {
        int limit = Page.limit(queryParameters);
        var service = queryParameters.textOrNull("service_name", QueryNameRules.SERVICE);
        var behind = InstanceCursor.of(queryParameters, service);
        return scope(queryParameters, service, caller)
                .flatMap(diffScope -> Mono.zip(
                        reader.summary(diffScope),
                        // One row more than the limit shows whether there is a next page.
                        reader.page(diffScope, behind, limit + 1),
                        (summary, found) -> page(diffScope, summary, found, limit)));
    }

    @GetMapping(produces = JsonPatchOperation.MEDIA_TYPE)
    Mono<ResponseEntity<List<JsonPatchOperation>>> patch(QueryParameters queryParameters, Caller caller) {
        return scope(queryParameters, queryParameters.textOrNull("service_name", QueryNameRules.SERVICE), caller)
                .flatMap(diffScope -> reader.page(diffScope, InstanceCursor.START, MAX_PATCHED + 1)
                        .map(found -> ResponseEntity.ok()
                                .header(
                                        ApiResponse.POSITION,
                                        Long.toString(diffScope.to().position()))
                                .body(JsonPatch.of(requirePatchable(found)))));
    }

    private Mono<DiffScope> scope(QueryParameters queryParameters, @Nullable String service, Caller caller) {
        var requirement = ConsistencyRequirement.of(queryParameters);
        var from = AsOfParser.of(queryParameters, "from");
        var to = AsOfParser.of(queryParameters, "to");
        if (to != null && queryParameters.has("min_position")) {
            queryParameters.reject("min_position", "can't be combined with 'to'", "one of them");
        }
        if (!queryParameters.has("from")) {
            queryParameters.reject("from", "is required", AsOfParser.EXPECTED);
        }
        queryParameters.validate();
        // The default end, now, must not be before the position that was awaited.
        return asOfResolver
                .find(Objects.requireNonNull(from), "from", requirement.patience())
                .flatMap(first -> (to == null
                                ? asOfResolver.resolveNow(requirement.withMinPosition(first.position()))
                                : asOfResolver.find(to, "to", requirement.patience()))
                        .map(last -> requireOrdered(new DiffScope(first, last, service, caller.reach()))));
    }

    private static DiffScope requireOrdered(DiffScope diffScope) {
        if (diffScope.from().position() > diffScope.to().position()) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "'from' must be before 'to'.",
                    new FieldError("from", "is after 'to'", diffScope.from().position(), "a time before 'to'"));
        }
        return diffScope;
    }

    private static ResponseEntity<ApiResponse<DiffView>> page(
            DiffScope diffScope, Summary summary, List<Difference> found, int limit) {
        var page = Page.of(found, limit);
        var view = new DiffView(moment(diffScope.from()), moment(diffScope.to()), summary, page.rows());
        return ApiResponse.page(
                view,
                diffScope.to().position(),
                diffScope.to().at(),
                page.next(last -> new InstanceCursor(last.serviceName(), last.id()).cursor()));
    }

    private static List<Difference> requirePatchable(List<Difference> found) {
        if (found.size() > MAX_PATCHED) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "More than " + MAX_PATCHED + " instances differ, too many for one patch.",
                    new FieldError("service_name", "is required to limit the patch", null, "the name of one service"));
        }
        return found;
    }

    private static DiffView.Moment moment(ResolvedAsOfPoint resolvedAsOfPoint) {
        return new DiffView.Moment(resolvedAsOfPoint.position(), resolvedAsOfPoint.at());
    }
}
