package dev.aicore.discovery.server.ctl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command: URL, credentials and output format. */
final class CommonOptions {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private final Map<String, String> environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "URL of the registry; or SERVICE_DISCOVERY_URL. Default: the registry on the data directory"
                    + " SERVICE_DISCOVERY__DATA_DIR, else " + DEFAULT_URL)
    private @Nullable String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "Bearer token; or REGISTRY_TOKEN, which other users of this machine can't see.")
    private @Nullable String token;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            scope = ScopeType.INHERIT,
            description = "API key; or REGISTRY_API_KEY.")
    private @Nullable String apiKey;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            scope = ScopeType.INHERIT,
            description = "table, or json (the response of the registry). Default: table")
    private OutputFormat output = OutputFormat.TABLE;

    /** Format of the output. */
    enum OutputFormat {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CommonOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    boolean json() {
        return output == OutputFormat.JSON;
    }

    /** Creates a client with the credentials of the options, or else of the environment. */
    CtlHttpClient api() {
        var headers = new HashMap<String, String>();
        if (token != null || apiKey != null) {
            show(headers, token, apiKey);
        } else {
            show(headers, environment.get("REGISTRY_TOKEN"), environment.get("REGISTRY_API_KEY"));
        }
        return new CtlHttpClient(base(), headers);
    }

    private String base() {
        if (url != null) {
            return url;
        }
        var named = environment.get("SERVICE_DISCOVERY_URL");
        return named == null ? urlOfDataDirectory() : named;
    }

    private String urlOfDataDirectory() {
        var file = new UrlFile(Path.of(environment.getOrDefault("SERVICE_DISCOVERY__DATA_DIR", "data")));
        try {
            return file.read().orElse(DEFAULT_URL);
        } catch (IOException unreadable) {
            throw new CtlException(file.path() + " can't be read (" + unreadable + "). Set --url.");
        }
    }

    private static void show(Map<String, String> headers, @Nullable String token, @Nullable String key) {
        if (token != null && key != null) {
            throw new CtlException("Both a token and a key are set; the registry accepts only one of them.");
        }
        if (token != null) {
            headers.put("Authorization", "Bearer " + requireAscii("token", token));
        } else if (key != null) {
            headers.put("X-API-Key", requireAscii("key", key));
        }
    }

    /**
     * Returns the secret without surrounding blanks. Rejects invalid characters here, because the client's message
     * would contain the secret.
     */
    private static String requireAscii(String what, String secret) {
        var stripped = secret.strip();
        if (!stripped.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CtlException("The " + what + " contains a blank, a line break or a non-ASCII character.");
        }
        return stripped;
    }
}
