package dev.aicore.discovery.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** Which of two forms of an answer a caller wants. */
public final class MediaTypePreference {

    private MediaTypePreference() {}

    /** Whether that form rather than the usual one: the first of what is accepted, by weight and specificity, that is one of both. */
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
