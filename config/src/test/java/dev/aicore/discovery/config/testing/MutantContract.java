package dev.aicore.discovery.config.testing;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests mutants. A subclass has a static method {@code protections()}, which returns a stream of arguments: a {@link
 * Mutation}, the class of the test that must fail with it, and the name of that test.
 */
public abstract class MutantContract {

    /** Checks the names in strings, which no compiler checks. Runs with the other tests, in milliseconds. */
    @ParameterizedTest
    @MethodSource("protections")
    void mutant_namesExistingClassesAndMethods(Mutation mutation, Class<?> testClass, String test)
            throws ClassNotFoundException {
        Mutants.assertResolved(mutation, testClass, test);
    }

    @ParameterizedTest
    @MethodSource("protections")
    @Tag("mutant")
    void mutant_isDetectedByNamedTest(Mutation mutation, Class<?> testClass, String test) {
        Mutants.assertNoticed(mutation, testClass, test);
    }
}
