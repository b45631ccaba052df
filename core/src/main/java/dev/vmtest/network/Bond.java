package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;
import java.util.Optional;

/**
 * Describe several interfaces that work as one.
 *
 * @param members what other elements call them
 * @param switched whether Open vSwitch makes it, and not the kernel
 */
public record Bond(InterfaceSettings settings, List<Placed<String>> members, List<Setting> parameters, boolean switched)
        implements NetworkInterface {

    /** The kernel's mode where none is asked for (kernel documentation, networking/bonding). */
    public static final String DEFAULT_MODE = "balance-rr";

    public Bond {
        members = List.copyOf(members);
        parameters = List.copyOf(parameters);
    }

    @Override
    public List<Reference> references() {
        return members.stream()
                .map(member -> new Reference(member.location(), member.value(), Reference.Role.MEMBER))
                .toList();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.bond(this);
    }

    @Override
    public String kernelKind() {
        return switched ? "" : "bond";
    }

    /** Return the mode, in the kernel's word. */
    public String mode() {
        return parameter("mode").map(Setting::value).orElse(DEFAULT_MODE);
    }

    /** Return the parameter that the kernel shows as an attribute. */
    public Optional<Setting> parameter(String attribute) {
        return parameters.stream()
                .filter(each -> each.attribute().equals(attribute))
                .findFirst();
    }
}
