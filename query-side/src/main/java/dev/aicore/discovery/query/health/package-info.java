/** How an instance is, and why. */
@NullMarked
package dev.aicore.discovery.query.health;

import org.jspecify.annotations.NullMarked;
