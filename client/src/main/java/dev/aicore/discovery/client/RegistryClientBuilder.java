package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.CredentialCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Options of a {@link RegistryClient}. Not thread-safe. */
public final class RegistryClientBuilder {

    final List<URI> nodes;
    CredentialCache credentials = new CredentialCache("", () -> "");

    @Nullable
    SSLContext tls;

    @Nullable
    Path cacheDirectory;

    Duration cacheMaxAge = Duration.ofHours(24);
    String application = "client";
    Duration startWait = Duration.ofSeconds(3);
    Duration firstAnswer = Duration.ofSeconds(2);
    Duration updateTimeout = Duration.ofSeconds(15);
    Duration leaveTimeout = Duration.ofSeconds(2);
    Duration idle = Duration.ofMinutes(10);

    @Nullable
    Duration maxAge;

    ServiceOptions defaults = ServiceOptions.defaults();
    boolean reportsOutcomes = true;
    boolean reportsViews = true;
    boolean staysOut;

    @Nullable
    ClientTime time;

    RegistryClientBuilder(List<URI> nodes) {
        this.nodes = nodes;
    }

    /** Authenticates with an API key. */
    public RegistryClientBuilder apiKey(String key) {
        return apiKey(() -> key);
    }

    /** Authenticates with API keys of a supplier. It is called again after each 401, so that keys can be rotated. */
    public RegistryClientBuilder apiKey(Supplier<String> keys) {
        credentials = new CredentialCache("X-API-Key", keys);
        return this;
    }

    /** Authenticates with the API key in a file, which is read again after each 401. */
    public RegistryClientBuilder apiKeyFile(Path file) {
        return apiKey(contentOf(file));
    }

    /** Authenticates with tokens of a supplier. It is called again after each 401. */
    public RegistryClientBuilder token(Supplier<String> tokens) {
        credentials = new CredentialCache("Authorization", () -> "Bearer " + tokens.get());
        return this;
    }

    /** Authenticates with the token in a file, which is read again after each 401. */
    public RegistryClientBuilder tokenFile(Path file) {
        return token(contentOf(file));
    }

    /** Sets the certificates of TLS connections; default: those of the JDK. */
    public RegistryClientBuilder tls(@Nullable SSLContext context) {
        tls = context;
        return this;
    }

    /**
     * Keeps the lists in a file of this directory, for a start during an outage of the registry.
     *
     * @param directory created if absent; null for none, the default
     */
    public RegistryClientBuilder cache(@Nullable Path directory) {
        cacheDirectory = directory;
        return this;
    }

    /** Sets the age from which lists of the disk are ignored; default 24 h. */
    public RegistryClientBuilder cacheMaxAge(Duration age) {
        cacheMaxAge = age;
        return this;
    }

    /** Sets the name of this application, which is part of the name of the file; default {@code client}. */
    public RegistryClientBuilder application(String name) {
        application = name;
        return this;
    }

    /** Sets how long a registration is awaited, and when the lists of the disk are used; default 3 s. */
    public RegistryClientBuilder startWait(Duration wait) {
        startWait = wait;
        return this;
    }

    /** Sets how long a first pick waits for the first list; default 2 s. */
    public RegistryClientBuilder firstAnswer(Duration wait) {
        firstAnswer = wait;
        return this;
    }

    /**
     * Sets how long maintenance is repeated while no node answers; default 15 s. It should be longer than the
     * registry's {@code cluster.hold_timeout}.
     */
    public RegistryClientBuilder updateTimeout(Duration timeout) {
        updateTimeout = timeout;
        return this;
    }

    /** Sets how long a drain, and then a leave, may each wait for the registry; default 2 s. */
    public RegistryClientBuilder leaveTimeout(Duration timeout) {
        leaveTimeout = timeout;
        return this;
    }

    /** Sets the time without a use after which a service is no longer watched; default 10 min. */
    public RegistryClientBuilder idle(Duration time) {
        idle = time;
        return this;
    }

    /** Bounds the age of lists: older ones are not picked from. Default: null, unbounded. */
    public RegistryClientBuilder maxAge(@Nullable Duration age) {
        maxAge = age;
        return this;
    }

    /** Sets the options of services that are requested without options. */
    public RegistryClientBuilder defaults(ServiceOptions options) {
        defaults = options;
        return this;
    }

    /** Sets whether outcomes of picks are reported to the registry; default true. */
    public RegistryClientBuilder outcomes(boolean reported) {
        reportsOutcomes = reported;
        return this;
    }

    /**
     * Sets whether heartbeats report the positions of the lists of this process, so that the registry can tell later
     * what the process knew; default true.
     */
    public RegistryClientBuilder views(boolean reported) {
        reportsViews = reported;
        return this;
    }

    /** Leaves an instance deregistered that somebody else deregistered. By default, it is registered again. */
    public RegistryClientBuilder stayOutIfDeregistered() {
        staysOut = true;
        return this;
    }

    /** Replaces clock and timer, for tests. */
    public RegistryClientBuilder time(ClientTime source) {
        time = source;
        return this;
    }

    private static Supplier<String> contentOf(Path file) {
        return () -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Opens the client. Nothing is requested before the first registration or service. */
    public RegistryClient open() {
        return new RegistryClient(this);
    }
}
