package dev.vmtest.qmp;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Hold one event that QEMU told of its own accord (QMP specification, section 2.5).
 *
 * @param name the event's name, such as {@code SHUTDOWN}
 * @param data its data; an empty object if it has none
 * @param timestamp the host's time when it happened
 */
public record QmpEvent(String name, JsonNode data, Instant timestamp) {}
