package dev.aicore.discovery.uitests;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** Server and browser that all test classes share. Both are started by the first use and end with the JVM. */
final class BrowserFixture {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** Time within which a page must show what a test expects; long, since a machine may be busy. */
    private static final double PATIENCE_MILLIS = 20_000;

    private static final BrowserFixture SHARED = start();

    private final ConfigurableApplicationContext context;
    private final Browser browser;
    private final SampleRegistry samples;

    private BrowserFixture(ConfigurableApplicationContext context, Browser browser) {
        this.context = context;
        this.browser = browser;
        this.samples = new SampleRegistry(new RestClient(address(), null));
    }

    /** Returns the shared fixture; skips the test if there is no Chromium. */
    static BrowserFixture shared() {
        return SHARED;
    }

    /** Returns the base URL of the server, which is in development: callers need no credentials. */
    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    Browser browser() {
        return browser;
    }

    SampleRegistry samples() {
        return samples;
    }

    /** Starts a server on any free port. */
    static ConfigurableApplicationContext startServer(Path dataDir, String... options) {
        var all = new ArrayList<>(
                List.of("--service-discovery.server.port=0", "--service-discovery.data-dir=" + dataDir));
        all.addAll(List.of(options));
        ApplicationContextInitializer<GenericApplicationContext> eventLoops =
                context -> context.registerBean(ReactorResourceFactory.class, BrowserFixture::ownEventLoops);
        var application = ServiceDiscovery.application();
        application.addInitializers(eventLoops);
        return application.run(all.toArray(String[]::new));
    }

    /** Returns event loops of one server: global ones would end with the first server that a test closes. */
    private static ReactorResourceFactory ownEventLoops() {
        var factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        return factory;
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("registry-ui");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BrowserFixture start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM), "No Chromium at " + CHROMIUM + "; ./registry --install --ui installs it");
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Without a sandbox, which Chromium can't create as root.
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setChromiumSandbox(false)
                        .setArgs(List.of("--disable-gpu", "--disable-dev-shm-usage")));
        var fixture = new BrowserFixture(startServer(newDirectory().resolve("data")), browser);
        fixture.samples().fill();
        return fixture;
    }
}
