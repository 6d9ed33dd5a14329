@NullMarked
package dev.aicore.discovery.query.discovery;

import org.jspecify.annotations.NullMarked;
