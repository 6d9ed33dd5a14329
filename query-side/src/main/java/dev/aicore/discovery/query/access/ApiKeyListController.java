package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.api.access.ApiKeyView.ApiKeysView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists API keys from memory. */
@RestController
final class ApiKeyListController {

    private final ApiKeyRegistry keys;
    private final TimeSource time;

    ApiKeyListController(ApiKeyRegistry keys, TimeSource time) {
        this.keys = keys;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/admin/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
    ApiResponse<ApiKeysView> list(QueryParameters queryParameters) {
        int limit = Page.limit(queryParameters);
        var behind = ApiKeyCursor.of(queryParameters);
        queryParameters.validate();
        var page = Page.of(
                keys.all().stream().filter(behind::isBefore).limit(limit + 1L).toList(), limit);
        return ApiResponse.of(new ApiKeysView(page.rows()), time.now())
                .next(page.next(last -> ApiKeyCursor.of(last).cursor()));
    }
}
