package dev.aicore.discovery.client.stork;

import dev.aicore.discovery.client.RegistryClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a service's configuration, apart from the name of the service.
 *
 * @param nodes URLs of the registry's nodes
 * @param apiKey API key; null for none
 * @param apiKeyFile file with the API key; null for none
 * @param tokenFile file with a token; null for none
 * @param cacheDirectory directory of the file that keeps the lists; null for none
 * @param firstAnswer time to wait for the first list
 */
record ClientOptions(
        List<URI> nodes,
        @Nullable String apiKey,
        @Nullable Path apiKeyFile,
        @Nullable Path tokenFile,
        @Nullable Path cacheDirectory,
        Duration firstAnswer) {

    static final String SERVICE = "service";

    private static final String URL = "url";
    private static final String API_KEY = "api-key";
    private static final String API_KEY_FILE = "api-key-file";
    private static final String TOKEN_FILE = "token-file";
    private static final String CACHE_DIRECTORY = "cache-directory";
    private static final String FIRST_ANSWER = "first-answer";

    /** Parameters that Stork itself adds or reads. */
    private static final Set<String> STORK = Set.of("secure", "type");

    private static final Set<String> KNOWN =
            Set.of(SERVICE, URL, API_KEY, API_KEY_FILE, TOKEN_FILE, CACHE_DIRECTORY, FIRST_ANSWER);

    /**
     * Parses the parameters of a service.
     *
     * @throws IllegalArgumentException if one is unknown or malformed, or if there is no URL
     */
    static ClientOptions of(String service, Map<String, String> parameters) {
        var unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(KNOWN);
        unknown.removeAll(STORK);
        if (!unknown.isEmpty()) {
            throw invalid(service, String.join(", ", unknown) + " is unknown", "of " + new TreeSet<>(KNOWN));
        }
        String url = parameters.get(URL);
        if (url == null || url.isBlank()) {
            throw invalid(service, URL + " is missing", "the URLs of the registry's nodes, separated by commas");
        }
        var nodes = Arrays.stream(url.split(","))
                .map(String::strip)
                .map(URI::create)
                .toList();
        return new ClientOptions(
                nodes,
                parameters.get(API_KEY),
                path(parameters, API_KEY_FILE),
                path(parameters, TOKEN_FILE),
                path(parameters, CACHE_DIRECTORY),
                firstAnswer(service, parameters.getOrDefault(FIRST_ANSWER, "PT2S")));
    }

    /** Opens a client with these options. */
    RegistryClient open() {
        var builder = RegistryClient.at(nodes).cache(cacheDirectory).application("stork");
        if (apiKey != null) {
            builder.apiKey(apiKey);
        }
        if (apiKeyFile != null) {
            builder.apiKeyFile(apiKeyFile);
        }
        if (tokenFile != null) {
            builder.tokenFile(tokenFile);
        }
        return builder.open();
    }

    private static Duration firstAnswer(String service, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(service, FIRST_ANSWER + " is " + text, "a duration such as PT2S");
        }
    }

    private static @Nullable Path path(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        return value == null || value.isBlank() ? null : Path.of(value);
    }

    private static IllegalArgumentException invalid(String service, String problem, String expected) {
        return new IllegalArgumentException(
                "Invalid service discovery of " + service + ": " + problem + " (expected: " + expected + ").");
    }

    /** Returns the nodes, without credentials. */
    @Override
    public String toString() {
        return "ClientOptions[" + nodes + "]";
    }
}
