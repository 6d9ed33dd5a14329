package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.access.WhoAmIView;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfResolver.StoreHorizon;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the caller's identity and permissions, as access control established them. */
@RestController
final class WhoAmIController {

    private final NodeInfo nodeInfo;
    private final @Nullable StoreHorizon replayHorizon;
    private final TimeSource time;

    WhoAmIController(NodeInfo nodeInfo, @Nullable StoreHorizon replayHorizon, TimeSource time) {
        this.nodeInfo = nodeInfo;
        this.replayHorizon = replayHorizon;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/whoami", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ApiResponse<WhoAmIView>> whoAmI(QueryParameters queryParameters, Caller caller) {
        queryParameters.validate();
        var scope = caller.reach();
        var view = new WhoAmIView(
                caller.principal(),
                caller.role(),
                caller.permissions(),
                scope == null ? null : scope.patterns(),
                caller.isAnonymous(),
                caller.admission().expiresAt(),
                nodeInfo.environment(),
                nodeInfo.target(),
                nodeInfo.target().equals("all") || nodeInfo.target().equals("command"),
                nodeInfo.version(),
                replayHorizon == null ? null : replayHorizon.end());
        return ApiResponse.of(view, time.now())
                .respond(HttpStatus.OK, headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-store"));
    }
}
