package dev.aicore.discovery.client.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a {@link TestRegistry}: one for the class, injected as a parameter of constructors, tests
 * and life-cycle methods. While they run, the system property {@code service-discovery.url} is its URL. After each test
 * its faults end; its content stays.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServiceRegistryExtension.class)
public @interface ServiceRegistryTest {}
