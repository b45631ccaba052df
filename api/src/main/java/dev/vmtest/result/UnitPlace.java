package dev.vmtest.result;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Say what of a host may decide a result: results of one run come from places that are the same.
 *
 * @param qemu the version of its QEMU
 * @param cpu the processor that guests see: the emulated model, or under KVM the host's
 */
@API(status = API.Status.INTERNAL)
public record UnitPlace(String qemu, String cpu) {

    /** Nowhere yet: nothing of it was run. */
    public static final UnitPlace UNKNOWN = new UnitPlace("", "");

    /** Return what is different in another place, a phrase for each; nothing if they are the same or one is unknown. */
    public List<String> differences(UnitPlace other) {
        List<String> different = new ArrayList<>();
        add("QEMU", qemu, other.qemu, different);
        add("CPU model", cpu, other.cpu, different);
        return List.copyOf(different);
    }

    private static void add(String what, String here, String there, List<String> different) {
        if (!here.equals(there) && !here.isEmpty() && !there.isEmpty()) {
            different.add("another " + what + ": " + here + ", not " + there);
        }
    }
}
