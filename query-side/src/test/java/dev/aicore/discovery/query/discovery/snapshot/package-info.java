@NullMarked
package dev.aicore.discovery.query.discovery.snapshot;

import org.jspecify.annotations.NullMarked;
