/**
 * Stores the versioned configurations of services and validates them against their schemas. All configurations are one
 * aggregate. It keeps the event numbers of the versions in memory and reads the content from the store. Validation is
 * bounded by a budget of steps, because both schemas and configurations come from callers.
 * <pre>{@code
 * *Controller -> ConfigurationCommandExecutor -> ConfigurationService -> ConfigurationAggregate -> event store
 *                                                                           |            ^
 *                                                     JsonSchemaValidator <-+            | ContentReader
 *                                                     (ValidationBudget, CostLimited*)   +--- event store
 * }</pre>
 *
 * <p>The keys of the key/value store are another aggregate, with an executor of its own. Other protocols use
 * {@link KeyValueWriter} and {@link ConfigurationWriter}.
 * <pre>{@code
 * KeyValueWriter -> ConfigurationService -> KeyValueAggregate (KeyValueIndex, KeyValueQuotaPolicy) -> event store
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.configuration;

import org.jspecify.annotations.NullMarked;
