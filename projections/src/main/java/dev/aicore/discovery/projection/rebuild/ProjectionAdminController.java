package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Reports the status of the read models, rebuilds them, and compares them with the store. */
@RestController
@RequestMapping(path = "/api/v1/admin/projections", produces = MediaType.APPLICATION_JSON_VALUE)
final class ProjectionAdminController {

    private static final String PATH = "/api/v1/admin/projections/";
    private static final String ALL = "all";

    private final ProjectionRuntime projectionRuntime;
    private final RebuildService rebuildService;
    private final StoreReader store;
    private final TimeSource time;
    private final BlockingQueryExecutor blockingQueryExecutor;

    ProjectionAdminController(
            ProjectionRuntime projectionRuntime,
            RebuildService rebuildService,
            StoreReader store,
            TimeSource time,
            BlockingQueryExecutor blockingQueryExecutor) {
        this.projectionRuntime = projectionRuntime;
        this.rebuildService = rebuildService;
        this.store = store;
        this.time = time;
        this.blockingQueryExecutor = blockingQueryExecutor;
    }

    /** All read models. */
    record Views(List<ProjectionView> projections) {}

    @GetMapping
    Mono<ResponseEntity<ApiResponse<Views>>> all(QueryParameters queryParameters) {
        queryParameters.validate();
        return views().map(views -> ApiResponse.of(new Views(views), time.now()).respond(HttpStatus.OK));
    }

    @GetMapping("/{projection}")
    Mono<ResponseEntity<ApiResponse<ProjectionView>>> one(
            @PathVariable("projection") String name, QueryParameters queryParameters) {
        queryParameters.validate();
        return view(name).map(view -> ApiResponse.of(view, time.now()).respond(HttpStatus.OK));
    }

    @PostMapping("/{projection}/rebuild")
    Mono<ResponseEntity<ApiResponse<RebuildRun>>> rebuild(
            @PathVariable("projection") String name, QueryParameters queryParameters) {
        return start(RebuildTask.REBUILD, name, queryParameters);
    }

    @PostMapping("/{projection}/verify")
    Mono<ResponseEntity<ApiResponse<RebuildRun>>> verify(
            @PathVariable("projection") String name, QueryParameters queryParameters) {
        return start(RebuildTask.VERIFY, name, queryParameters);
    }

    private Mono<ResponseEntity<ApiResponse<RebuildRun>>> start(
            RebuildTask rebuildTask, String name, QueryParameters queryParameters) {
        queryParameters.validate();
        return blockingQueryExecutor
                .execute(() -> {
                    projectionRuntime.requireActive();
                    return rebuildService.start(rebuildTask, models(name));
                })
                .map(rebuildRun -> ApiResponse.of(rebuildRun, time.now())
                        .respond(
                                HttpStatus.ACCEPTED,
                                headers -> headers.setLocation(URI.create(
                                        PATH + rebuildRun.models().iterator().next()))));
    }

    private Set<String> models(String name) {
        var known = rebuildService.names();
        if (name.equals(ALL)) {
            return known;
        }
        if (!known.contains(name)) {
            throw unknown(name, "all, or one of " + String.join(", ", known));
        }
        return new TreeSet<>(Set.of(name));
    }

    private Mono<ProjectionView> view(String name) {
        return views().map(views -> views.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(
                        name,
                        "one of "
                                + String.join(
                                        ", ",
                                        views.stream().map(ProjectionView::name).toList()))));
    }

    private Mono<List<ProjectionView>> views() {
        return blockingQueryExecutor.execute(
                () -> projectionRuntime.status().stream().map(this::view).toList());
    }

    private ProjectionView view(ProjectionStatus status) {
        var behind = status.lag() == 0 ? Duration.ZERO : store.ageAfter(status.position());
        var rebuildRun = rebuildService
                .latest()
                .filter(latest -> latest.models().contains(status.name()))
                .orElse(null);
        return ProjectionView.of(status, behind, rebuildRun);
    }

    private static RegistryException unknown(String name, String expected) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "The read model '" + name + "' does not exist.",
                new FieldError("projection", "is not a read model", name, expected));
    }
}
