@NullMarked
package dev.aicore.discovery.query;

import org.jspecify.annotations.NullMarked;
