package dev.vmtest.network;

import dev.vmtest.config.Placed;
import java.util.List;

/**
 * Describe a routing domain: interfaces with a routing table of their own.
 *
 * @param members what other elements call them
 * @param table the number of the table
 */
public record Vrf(InterfaceSettings settings, List<Placed<String>> members, Placed<Integer> table)
        implements NetworkInterface {

    public Vrf {
        members = List.copyOf(members);
    }

    @Override
    public List<Reference> references() {
        return members.stream()
                .map(member -> new Reference(member.location(), member.value(), Reference.Role.MEMBER))
                .toList();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.vrf(this);
    }

    @Override
    public String kernelKind() {
        return "vrf";
    }
}
