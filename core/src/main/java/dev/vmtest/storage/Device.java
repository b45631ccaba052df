package dev.vmtest.storage;

import org.jspecify.annotations.Nullable;

/** Describe a {@code device} action: a block device that something else made. */
public record Device(Origin origin, String path, @Nullable PartitionTable partitionTable) implements StorageAction {}
