@NullMarked
package dev.aicore.discovery.query.health;

import org.jspecify.annotations.NullMarked;
