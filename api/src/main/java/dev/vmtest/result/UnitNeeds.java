package dev.vmtest.result;

import org.apiguardian.api.API;

/**
 * Say what a unit needs of whatever host it runs on, vmtest itself included.
 *
 * @param cores processors: the virtual CPUs of its machine
 * @param memory MiB, as much as an emulated machine takes
 * @param disk MiB in the directory of the run
 * @param seconds the longest that it may take on a host without KVM; it ends by itself before
 * @param expectedSeconds how long it will probably take
 */
@API(status = API.Status.INTERNAL)
public record UnitNeeds(int cores, long memory, long disk, long seconds, double expectedSeconds) {}
