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
 */
@NullMarked
package dev.aicore.discovery.command.configuration;

import org.jspecify.annotations.NullMarked;
