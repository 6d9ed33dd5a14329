package dev.aicore.discovery.config.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Proves of a test that it would notice if a protection weren't there. */
public final class Mutants {

    private Mutants() {}

    /**
     * Runs that test on the sound product, where it must pass, and on the broken one, where it must fail.
     *
     * @param test a test of JUnit Jupiter without parameters
     */
    public static void assertNoticed(Mutation mutation, Class<?> testClass, String test) {
        var sound = run(null, testClass, test);
        assertThat(sound.getTestsSucceededCount())
                .as(() -> "passes on the sound product, unlike "
                        + sound.getFailures().stream()
                                .map(TestExecutionSummary.Failure::getException)
                                .toList())
                .isEqualTo(1);
        var failures = run(mutation, testClass, test).getFailures();
        assertThat(failures)
                .as("fails without " + mutation.type() + "." + mutation.method())
                .hasSize(1)
                .allSatisfy(failure -> assertThat(failure.getException()).isInstanceOf(AssertionError.class));
    }

    private static TestExecutionSummary run(@Nullable Mutation mutation, Class<?> testClass, String test) {
        var thread = Thread.currentThread();
        var around = thread.getContextClassLoader();
        var loader = new MutantLoader(mutation);
        thread.setContextClassLoader(loader);
        try {
            var listener = new SummaryGeneratingListener();
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectMethod(loader.loadClass(testClass.getName()), test))
                    .build();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(testClass + " can't be loaded a second time.", e);
        } finally {
            thread.setContextClassLoader(around);
        }
    }
}
