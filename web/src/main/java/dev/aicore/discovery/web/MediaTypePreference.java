package dev.aicore.discovery.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** Decides which of two forms of an answer a caller prefers. */
public final class MediaTypePreference {

    private MediaTypePreference() {}

    /**
     * Returns true if the {@code Accept} header prefers {@code form} over {@code usual}, by q-value and then
     * specificity.
     */
    public static boolean prefers(HttpHeaders headers, MediaType form, MediaType usual) {
        var accepted = headers.getAccept();
        MimeTypeUtils.sortBySpecificity(accepted);
        return accepted.stream()
                .filter(type -> type.includes(form) || type.includes(usual))
                .findFirst()
                .filter(type -> !type.includes(usual))
                .isPresent();
    }
}
