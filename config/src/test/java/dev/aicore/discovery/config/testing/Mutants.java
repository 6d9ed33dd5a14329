package dev.aicore.discovery.config.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Proves of a test that it would notice if a protection weren't there. */
public final class Mutants {

    /** Names the system property of a folder that a test's own processes put in front of their class path; absent if nothing is broken. */
    private static final String PATCH = Mutants.class.getName() + ".patch";

    private Mutants() {}

    /** The class path for a process that a test starts: this one's, with what is broken here broken there too. */
    public static String classPath() {
        var sound = System.getProperty("java.class.path");
        var patch = System.getProperty(PATCH);
        return patch == null ? sound : patch + File.pathSeparator + sound;
    }

    /**
     * Runs that test on the sound product, where it must pass, and on the broken one, where it must fail: by an assertion, or by a
     * condition that doesn't come true.
     *
     * @param test a test of JUnit Jupiter without parameters
     */
    static void assertNoticed(Mutation mutation, Class<?> testClass, String test) {
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
                .allSatisfy(failure -> assertThat(failure.getException())
                        .isInstanceOfAny(AssertionError.class, ConditionTimeoutException.class));
    }

    /**
     * Asserts that everything that {@link #assertNoticed} is told by name exists, without running anything: the class and what is to be
     * broken in it, what the broken class refers to, and the test.
     *
     * @throws ClassNotFoundException if there is no class of the mutation's name
     */
    static void assertResolved(Mutation mutation, Class<?> testClass, String test) throws ClassNotFoundException {
        assertThat(mutation.type()).as("the class, which a mutant can break").startsWith(MutantLoader.OURS);
        var sound = ClassFile.of().parse(new MutantLoader(mutation).sound(mutation.type()));
        var broken = ClassFile.of().parse(mutation.breakIt(sound));
        assertThat(UnresolvedReferences.of(broken, sound))
                .as("what %s.%s refers to when it is broken, and doesn't exist", mutation.type(), mutation.method())
                .isEmpty();
        assertThat(ReflectionSupport.findMethod(testClass, test))
                .as("the test %s.%s() without parameters", testClass.getName(), test)
                .hasValueSatisfying(method -> assertThat(AnnotationSupport.isAnnotated(method, Testable.class))
                        .as("%s is a test", method)
                        .isTrue());
    }

    private static TestExecutionSummary run(@Nullable Mutation mutation, Class<?> testClass, String test) {
        var thread = Thread.currentThread();
        var around = thread.getContextClassLoader();
        var loader = new MutantLoader(mutation);
        thread.setContextClassLoader(loader);
        try {
            if (mutation != null) {
                System.setProperty(PATCH, patch(mutation, loader.broken()).toString());
            }
            var listener = new SummaryGeneratingListener();
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectMethod(loader.loadClass(testClass.getName()), test))
                    .build();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(testClass + " can't be loaded a second time.", e);
        } finally {
            System.clearProperty(PATCH);
            thread.setContextClassLoader(around);
        }
    }

    private static Path patch(Mutation mutation, byte[] broken) {
        try {
            var folder = Path.of("target", "mutants", mutation.type());
            var file = folder.resolve(mutation.type().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, broken);
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
