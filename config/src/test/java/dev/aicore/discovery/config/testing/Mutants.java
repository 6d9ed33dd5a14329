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

/** Proves that a test detects the absence of a protection. */
public final class Mutants {

    /** System property: a directory that processes of a test put first on their class path; absent without a mutant. */
    private static final String PATCH = Mutants.class.getName() + ".patch";

    private Mutants() {}

    /** Returns the class path for a process that a test starts: that of this process, with the mutated class first. */
    public static String classPath() {
        var sound = System.getProperty("java.class.path");
        var patch = System.getProperty(PATCH);
        return patch == null ? sound : patch + File.pathSeparator + sound;
    }

    /**
     * Runs a test on the original product, where it must pass, and on the mutated one, where it must fail by an
     * assertion or by a condition that isn't met in time.
     *
     * @param test name of a test of JUnit Jupiter without parameters
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
     * Asserts that everything that {@link #assertNoticed} receives by name exists, without running anything: the class
     * and the mutated code, the members that the mutated class refers to, and the test.
     *
     * @throws ClassNotFoundException if the class of the mutation doesn't exist
     */
    static void assertResolved(Mutation mutation, Class<?> testClass, String test) throws ClassNotFoundException {
        assertThat(mutation.type()).as("class that a mutant can change").startsWith(MutantLoader.OURS);
        var sound = ClassFile.of().parse(new MutantLoader(mutation).sound(mutation.type()));
        var broken = ClassFile.of().parse(mutation.breakIt(sound));
        assertThat(UnresolvedReferences.of(broken, sound))
                .as("unresolved references of the mutated %s.%s", mutation.type(), mutation.method())
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
