package dev.aicore.discovery.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/** Matches if {@code service-discovery.url} names a registry and {@code service-discovery.enabled} isn't false. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConfiguredRegistryCondition.class)
public @interface ConditionalOnRegistry {}
