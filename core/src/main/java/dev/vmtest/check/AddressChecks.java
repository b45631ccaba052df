package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.Lease;
import dev.vmtest.facts.LinkAddress;
import dev.vmtest.facts.NetworkLink;
import dev.vmtest.network.Activation;
import dev.vmtest.network.Addressing;
import dev.vmtest.network.Dhcp;
import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import dev.vmtest.network.NetworkInterface;
import dev.vmtest.network.StaticAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Check the addresses of interfaces: every one that was asked for, and no other.
 *
 * <p>What the system made of a prefix that a router announced is none that an installer gave: QEMU's user network
 * announces {@code fec0::/64} on every network card, and Linux heeds it. Such an address is right unless the
 * configuration says that advertisements are not heeded.
 */
final class AddressChecks {

    private final InterfaceChecks interfaces;
    private final OwnNetworkFiles own;

    AddressChecks(Links links, OwnNetworkFiles own) {
        this.interfaces = new InterfaceChecks(links);
        this.own = own;
    }

    List<Check> of(NetworkInterface each) {
        List<Check> checks = new ArrayList<>();
        Addressing addressing = each.addressing();
        if (each.settings().activation() == Activation.BY_HAND && addressing.isAddressed()) {
            checks.add(Check.notJudged(
                    Links.name(each) + ": addresses", each.mark().location(), "the administrator brings it up"));
            return checks;
        }
        for (StaticAddress address : addressing.addresses()) {
            checks.add(Check.of(
                    name(each, address),
                    address.location(),
                    interfaces.judge(each, (facts, link) -> address(facts, link, address))));
        }
        for (Dhcp dhcp : addressing.dhcp()) {
            if (dhcp.givesAddress()) {
                checks.add(Check.of(
                        name(each, dhcp),
                        dhcp.location(),
                        interfaces.judge(each, (facts, link) -> leased(facts, link, dhcp.family()))));
            }
        }
        var advertisements = addressing.advertisements();
        if (advertisements != null && advertisements.value()) {
            checks.add(Check.of(
                    Links.name(each) + ": address by advertisement",
                    advertisements.location(),
                    interfaces.judge(each, (facts, link) -> advertised(link))));
        }
        Location place = each.mark().location("subnets");
        checks.add(Check.of(
                Links.name(each) + ": no other address",
                place,
                interfaces.judge(each, (facts, link) -> noOther(link, each))));
        return checks;
    }

    private static String name(NetworkInterface each, StaticAddress address) {
        return Links.name(each) + ": address " + address.network();
    }

    private static String name(NetworkInterface each, Dhcp dhcp) {
        return Links.name(each) + ": lease of " + dhcp.family().word();
    }

    private Outcome address(Facts facts, NetworkLink link, StaticAddress asked) {
        Optional<LinkAddress> found = link.addresses().stream()
                .filter(each -> sameAddress(each, asked.network().address()))
                .findFirst();
        if (found.isEmpty()) {
            String elsewhere = facts.network().links().stream()
                    .filter(other -> other.addresses().stream()
                            .anyMatch(each -> sameAddress(each, asked.network().address())))
                    .map(other -> "; " + other.name() + " has it")
                    .findFirst()
                    .orElse("");
            return Outcome.failed(
                    link.name() + " should have " + asked.network() + " but has " + link.addresses() + elsewhere);
        }
        LinkAddress address = found.get();
        if (address.prefix() != asked.network().prefix()) {
            return Outcome.equal(
                    "the prefix of " + address.address(), asked.network().prefix(), address.prefix());
        }
        if (address.isUnusable()) {
            return Outcome.failed(address + " is not usable: another machine may have it");
        }
        if (address.isLimited()) {
            return Outcome.failed(address + " should be the interface's own but is given for a time");
        }
        if (asked.isDeprecated() != address.isDeprecated()) {
            return Outcome.failed(address + " should " + (asked.isDeprecated() ? "" : "not ") + "be deprecated");
        }
        String label = asked.label();
        return label == null || label.equals(address.label())
                ? Outcome.passed(link.name() + " has " + address)
                : Outcome.equal("the label of " + address, label, String.valueOf(address.label()));
    }

    private static boolean sameAddress(LinkAddress found, IpAddress asked) {
        return IpAddress.parse(found.address()).filter(asked::equals).isPresent();
    }

    private static boolean isOf(LinkAddress address, Family family) {
        return address.isVersion6() == (family == Family.IPV6);
    }

    private static boolean isLeased(LinkAddress address, Family family) {
        return isOf(address, family)
                && address.reachesBeyondTheLink()
                && address.isLimited()
                && !address.isByAdvertisement();
    }

    private static Outcome leased(Facts facts, NetworkLink link, Family family) {
        List<String> held = link.addresses().stream()
                .filter(each -> isLeased(each, family))
                .map(LinkAddress::address)
                .toList();
        if (held.isEmpty()) {
            return Outcome.failed(link.name() + " should hold an address of a DHCP server but has " + link.addresses());
        }
        Optional<Lease> lease = facts.network().leases().stream()
                .filter(each -> each.networkInterface().equals(link.name()) && held.contains(each.address()))
                .reduce((earlier, later) -> later);
        return lease.map(each -> Outcome.passed(link.name() + " holds " + each.address() + " of "
                        + (each.server().isEmpty() ? "a server" : each.server())))
                .orElseGet(() -> Outcome.failed(link.name() + " has " + held + ", which is in no lease of it: "
                        + facts.network().leases()));
    }

    private static Outcome advertised(NetworkLink link) {
        Optional<LinkAddress> found = link.addresses().stream()
                .filter(each -> each.isByAdvertisement() && each.reachesBeyondTheLink())
                .findFirst();
        return found.map(each -> Outcome.passed(link.name() + " made " + each))
                .orElseGet(() -> Outcome.failed(link.name()
                        + " should have made an address of an announced prefix but has " + link.addresses()));
    }

    /** An address in the place of one that is missing is one fault, which the check of the missing one tells. */
    private Outcome noOther(NetworkLink link, NetworkInterface each) {
        Addressing addressing = each.addressing();
        List<LinkAddress> others = new ArrayList<>();
        for (LinkAddress address : link.addresses()) {
            Family family = address.isVersion6() ? Family.IPV6 : Family.IPV4;
            boolean asked = !address.reachesBeyondTheLink()
                    || addressing.addresses().stream()
                            .anyMatch(own -> sameAddress(address, own.network().address()))
                    || (isLeased(address, family)
                            && addressing
                                    .dhcp(family)
                                    .filter(Dhcp::givesAddress)
                                    .isPresent())
                    || (address.isByAdvertisement() && !addressing.refusesAdvertisements())
                    || own.names(address.address());
            if (!asked) {
                others.add(address);
            }
        }
        if (others.isEmpty()) {
            return Outcome.passed("every address of " + link.name() + " was asked for, or was announced by a router");
        }
        String message = link.name() + " has addresses that nothing asked for: " + others;
        List<String> causes = new ArrayList<>();
        addressing.addresses().stream().filter(own -> isMissing(link, own)).forEach(own -> causes.add(name(each, own)));
        addressing.dhcp().stream()
                .filter(Dhcp::givesAddress)
                .filter(dhcp -> link.addresses().stream().noneMatch(address -> isLeased(address, dhcp.family())))
                .forEach(dhcp -> causes.add(name(each, dhcp)));
        return others.size() <= causes.size() ? Outcome.blocked(causes, message) : Outcome.failed(message);
    }

    private static boolean isMissing(NetworkLink link, StaticAddress own) {
        return link.addresses().stream()
                .noneMatch(address -> sameAddress(address, own.network().address()));
    }
}
