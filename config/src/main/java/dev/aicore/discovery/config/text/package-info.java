/**
 * Compares texts.
 *
 * <p>{@link EditDistance} finds the name that a misspelt name most likely stands for, so that errors about unknown
 * settings, query parameters and JSON fields can suggest it.
 */
@NullMarked
package dev.aicore.discovery.config.text;

import org.jspecify.annotations.NullMarked;
