package dev.aicore.discovery.api.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test with a {@link RandomGenerator} of each seed from 1 to 100. The display name states the seed; Maven prints
 * its index, which is the seed unless {@code -Dseeds.from=N} makes {@code N} the first one. {@code -Dseeds.count=N}
 * runs {@code N} seeds.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@ArgumentsSource(SeededTest.SeedProvider.class)
public @interface SeededTest {

    /** Provides the random generators. */
    final class SeedProvider implements ArgumentsProvider {

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            long from = Long.getLong("seeds.from", 1);
            // Of this generator consecutive seeds are unrelated; those of java.util.Random begin with similar values.
            return LongStream.range(from, from + Long.getLong("seeds.count", 100))
                    .mapToObj(seed -> Arguments.argumentSet("seed " + seed, new SplittableRandom(seed)));
        }
    }
}
