/**
 * Serves Eureka's REST protocol below {@code /eureka} and {@code /eureka/v2}, in JSON and XML.
 *
 * <p>A document is parsed into an {@code EurekaInstance}. {@code NativeDocumentFactory} turns it into the registry's
 * own document, with members that have no counterpart as metadata entries, and {@code EurekaInstanceMapper} turns
 * instances back. {@code EurekaWriteService} has Eureka's rules of overrides and of {@code lastDirtyTimestamp}.
 *
 * <pre>{@code
 * body --> EurekaBodyReader --> EurekaInstance --> NativeDocumentFactory --> RegistrationService
 * RegistrySnapshot --> EurekaApplications --> EurekaInstanceMapper --> EurekaJsonWriter, EurekaXmlWriter --> answer
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.eureka;

import org.jspecify.annotations.NullMarked;
