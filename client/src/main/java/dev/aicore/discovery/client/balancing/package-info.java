/**
 * Rules by which an instance is picked: pure functions of candidates, without I/O and clock. Their results are those of
 * the registry's own discovery: a key finds the same instance in both, and ranges accept the same versions.
 */
@NullMarked
package dev.aicore.discovery.client.balancing;

import org.jspecify.annotations.NullMarked;
