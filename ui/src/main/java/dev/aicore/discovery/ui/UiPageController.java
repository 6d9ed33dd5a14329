package dev.aicore.discovery.ui;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Serves the UI from memory. Files below {@code /ui/assets/HASH} never change; every other address below {@code /ui}
 * gets the page, whose script reads the address.
 */
@RestController
final class UiPageController {

    private static final String ASSETS = "/ui/assets/";
    private static final String START = "/ui/services";
    private static final String PERMISSIONS =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(),"
                    + " publickey-credentials-get=(), usb=()";
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final UiFiles files;
    private final String indexETag;

    UiPageController(UiFiles files) {
        this.files = files;
        this.indexETag = "\"" + files.version() + "\"";
    }

    /** Redirects browsers to the UI. Other clients get 404, because the path has no meaning in the API. */
    @GetMapping("/")
    ResponseEntity<Void> root(ServerHttpRequest request) {
        if (!isBrowser(request.getHeaders())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return redirectToStart();
    }

    @GetMapping("/ui")
    ResponseEntity<Void> withoutPage() {
        return redirectToStart();
    }

    @GetMapping("/ui/**")
    ResponseEntity<byte[]> file(ServerHttpRequest request, ServerHttpResponse response) {
        var path = request.getPath().pathWithinApplication().value();
        var headers = response.getHeaders();
        headers.set("Content-Security-Policy", files.policy());
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", PERMISSIONS);
        return path.startsWith(ASSETS)
                ? asset(path.substring(ASSETS.length()), request.getHeaders())
                : index(request.getHeaders());
    }

    private ResponseEntity<byte[]> asset(String versionAndPath, HttpHeaders headers) {
        int slash = versionAndPath.indexOf('/');
        boolean current = slash > 0 && versionAndPath.substring(0, slash).equals(files.version());
        var file = current ? files.asset(versionAndPath.substring(slash + 1)) : null;
        if (file == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return answer(ResponseEntity.ok().cacheControl(FOREVER), file, headers);
    }

    private ResponseEntity<byte[]> index(HttpHeaders headers) {
        if (headers.getIfNoneMatch().contains(indexETag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(indexETag)
                    .cacheControl(CacheControl.noCache())
                    .build();
        }
        return answer(ResponseEntity.ok().eTag(indexETag).cacheControl(CacheControl.noCache()), files.index(), headers);
    }

    private static ResponseEntity<byte[]> answer(
            ResponseEntity.BodyBuilder answer, UiFile file, HttpHeaders requestHeaders) {
        answer.contentType(file.type()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return acceptsGzip(requestHeaders)
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(file.compressed())
                : answer.body(file.content());
    }

    private static boolean acceptsGzip(HttpHeaders headers) {
        return headers.getOrDefault(HttpHeaders.ACCEPT_ENCODING, List.of()).stream()
                .anyMatch(value -> value.contains("gzip"));
    }

    private static boolean isBrowser(HttpHeaders headers) {
        return headers.getAccept().stream().anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
    }

    private static ResponseEntity<Void> redirectToStart() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(START))
                .build();
    }
}
